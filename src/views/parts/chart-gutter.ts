/** Room in CSS pixels for the labels at the end of the lines: Counts draws in it, Log leaves it free. */
export const CHART_GUTTER = 104;
