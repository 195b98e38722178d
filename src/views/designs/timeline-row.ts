/** Height of a row of the timeline: two lines of text, on a phone three. */
import { useIsPhoneRow } from '../parts/row-height.ts';

const ROW = 40;
const PHONE_ROW = 64;

export const useTimelineRow = (): number => (useIsPhoneRow() ? PHONE_ROW : ROW);
