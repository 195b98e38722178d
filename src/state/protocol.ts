/** The words of the engine that views and actions use. Types only: no code of the engine comes into the page. */

export type { Ask, AskProgress } from '../engine/api.ts';
export type {
  BrokenRule,
  Cell,
  ChannelConfig,
  ChannelInfo,
  ChannelResult,
  EngineConfig,
  Fate,
  Frame,
  HistoryFrame,
  InstanceMemory,
  LockInfo,
  LogEntry,
  Measure,
  MemoryFrame,
  NodeDetail,
  NodeState,
  ObjectGroup,
  ObjectRef,
  Oops,
  OopsKind,
  OpenFile,
  Problem,
  Progress,
  Reading,
  RowRef,
  RunOutcome,
  Series,
  SourceLink,
  Trace,
  TraceEvent,
  TraceStep,
  TreeRequest,
  TreeRow,
  TreeWindow,
} from '../engine/protocol.ts';
export type { Holder, Holders } from '../engine/queries/holders.ts';
export type { ObjectList } from '../engine/queries/objects.ts';
export type { AnswerOf, QueryName, RequestOf } from '../engine/queries/registry.ts';
