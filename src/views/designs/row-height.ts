/** Height of a row of the timeline: two lines of text, or a target for a finger. */
import { useRowHeight } from '../parts/row-height.ts';

const ROW = 40;
const PHONE_ROW = 56;

export const useTimelineRow = (): number => (useRowHeight() > ROW ? PHONE_ROW : ROW);
