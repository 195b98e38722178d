/** Where the text of a commit or a mail can be read; '' = the id is not known. */
export function commitUrl(id: string): string {
  if (id.includes('@')) return `https://lore.kernel.org/all/${id}/`;
  return /^[0-9a-f]{7,40}$/.test(id) ? `https://git.kernel.org/torvalds/c/${id}` : '';
}
