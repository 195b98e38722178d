/** The words of the engine that views and actions use. Types only: no code of the engine comes into the page. */

export type { Ask, AskProgress } from '../engine/api.ts';
export type {
  Cell,
  ChannelConfig,
  ChannelInfo,
  ChannelResult,
  EngineConfig,
  Frame,
  HistoryFrame,
  InstanceMemory,
  LogEntry,
  Measure,
  MemoryFrame,
  NodeState,
  ObjectGroup,
  Oops,
  OopsKind,
  OpenFile,
  Problem,
  Progress,
  Reading,
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
export type { ObjectList } from '../engine/queries/objects.ts';
export type { AnswerOf, QueryName, RequestOf } from '../engine/queries/registry.ts';
