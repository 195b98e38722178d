/** What stands in the fields beside the actions, as typed. The kernel judges it, not the field. */
import { createStore, type StoreApi } from 'zustand/vanilla';

/** Functions that both recorded kernels have and that may be probed; the first is offered unasked. */
export const PROBED_FUNCTIONS = [
  'vfs_read',
  'vfs_write',
  'vfs_open',
  'do_sys_openat2',
  'kernel_clone',
  'do_exit',
] as const;
export type ProbedFunction = (typeof PROBED_FUNCTIONS)[number];

export interface InputsState {
  /** "Number of instances" */
  readonly instanceCount: string;
  /** "Instance name"; '' = i1, i2, … */
  readonly instanceName: string;
  /** "Dentries to reclaim" */
  readonly dentries: string;
  readonly probedFunction: ProbedFunction;
  readonly set: (inputs: Partial<Omit<InputsState, 'set'>>) => void;
}
export type InputsStore = StoreApi<InputsState>;

export const createInputsStore = (): InputsStore =>
  createStore<InputsState>()((set) => ({
    instanceCount: '1',
    instanceName: '',
    dentries: '100',
    probedFunction: 'vfs_read',
    set,
  }));
