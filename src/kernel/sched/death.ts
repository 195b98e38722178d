/** Thrown inside a task that does not survive what it ran into: it dies where it stands and keeps what it holds. */
export class TaskDeath extends Error {
  override readonly name: string = 'TaskDeath';
}
