/** A strip as pixels: rules, marks of the commands, lines, and the figures at the lines' ends. */
import type { Pen } from './pen.ts';
import type { StepAxis, Vertices } from './step-line.ts';
import { LABEL_GAP, type StripLayout } from './strip.ts';

export interface StripTheme {
  readonly panel: string;
  readonly rule: string;
  readonly control: string;
  readonly faint: string;
  readonly accent: string;
  readonly axisFont: string;
  readonly figureFont: string;
  readonly lineWidth: number;
}

export interface StripMarks {
  readonly axis: StepAxis;
  /** Log positions, boot included. */
  readonly count: number;
  /** Position under the pointer or the keyboard's cursor. */
  readonly cursor: number | undefined;
  /** Chosen position. */
  readonly chosen: number | undefined;
}

/** Distance of the end labels from the plot; the leader to a moved label runs in it. */
const LABEL_INDENT = 12;
const MARK = 4;
const CHOSEN_BAR = 3;

export function drawStrip(pen: Pen, layout: StripLayout, marks: StripMarks, theme: StripTheme): void {
  drawRules(pen, layout, theme);
  drawMarks(pen, layout, marks, theme);
  clipped(pen, 0, 0, layout.plot, layout.height, () => {
    for (const { series, vertices } of layout.lines) {
      drawLine(pen, vertices, series.colour, series.dash, theme.lineWidth);
    }
    if (marks.count === 1) drawPoints(pen, layout);
  });
  drawAxisFigures(pen, layout, theme);
  drawEndLabels(pen, layout, theme);
}

function drawRules(pen: Pen, layout: StripLayout, theme: StripTheme): void {
  for (const tick of layout.ticks) {
    pen.fillStyle = tick.y === layout.baseline ? theme.control : theme.rule;
    pen.fillRect(0, tick.y, layout.plot, 1);
  }
}

/** One mark a command, at the left edge of its slot, under the base line. */
function drawMarks(pen: Pen, layout: StripLayout, marks: StripMarks, theme: StripTheme): void {
  const { slot, scroll, plot } = marks.axis;
  const leftEdge = (position: number) => Math.round(position * slot - scroll);
  if (slot >= 2) {
    pen.fillStyle = theme.control;
    const first = Math.max(0, Math.ceil(scroll / slot));
    const last = Math.min(marks.count - 1, Math.floor((scroll + plot) / slot));
    for (let position = first; position <= last; position++) {
      pen.fillRect(leftEdge(position), layout.baseline + 1, 1, MARK);
    }
  }
  pen.fillStyle = theme.accent;
  if (marks.chosen !== undefined) {
    const left = Math.max(0, leftEdge(marks.chosen));
    const right = Math.min(plot, leftEdge(marks.chosen + 1));
    if (right > left) pen.fillRect(left, layout.baseline + 1, right - left, CHOSEN_BAR);
  }
  if (marks.cursor !== undefined) {
    const x = leftEdge(marks.cursor);
    if (x >= 0 && x < plot) pen.fillRect(x, 0, 1, layout.height);
  }
}

export function drawLine(pen: Pen, line: Vertices, colour: string, dash: readonly number[], width: number): void {
  if (line.length < 4) return;
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineJoin = 'miter';
  pen.setLineDash([...dash]);
  pen.beginPath();
  pen.moveTo(line[0], line[1]);
  for (let i = 2; i < line.length; i += 2) pen.lineTo(line[i], line[i + 1]);
  pen.stroke();
  pen.setLineDash([]);
}

/** Only boot is known: one point a kernel. */
function drawPoints(pen: Pen, layout: StripLayout): void {
  for (const { series, vertices } of layout.lines) {
    pen.fillStyle = series.colour;
    pen.beginPath();
    pen.arc(vertices[0] + 4, vertices[1], 3.5, 0, Math.PI * 2);
    pen.fill();
  }
}

function drawAxisFigures(pen: Pen, layout: StripLayout, theme: StripTheme): void {
  pen.font = theme.axisFont;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  for (const { text } of layout.ticks) {
    if (text === undefined) continue;
    if (text.onLine) {
      pen.strokeStyle = theme.panel;
      pen.lineWidth = 4;
      pen.lineJoin = 'round';
      pen.strokeText(text.label, 0, text.middle);
    }
    pen.fillStyle = theme.faint;
    pen.fillText(text.label, 0, text.middle);
  }
}

/** The figure at each line's end, in the line's colour, with a hairline to it where the line ends early or the label moved. */
function drawEndLabels(pen: Pen, layout: StripLayout, theme: StripTheme): void {
  pen.font = theme.figureFont;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  for (const { series, endX, endY, endLabel, labelY } of layout.lines) {
    const moved = Math.abs(labelY - endY) >= LABEL_GAP / 2;
    pen.strokeStyle = series.colour;
    pen.lineWidth = 1;
    pen.globalAlpha = 0.45;
    pen.beginPath();
    pen.moveTo(endX, endY);
    pen.lineTo(layout.plot + 1, endY);
    if (moved) pen.lineTo(layout.plot + LABEL_INDENT - 3, labelY);
    else pen.lineTo(layout.plot + LABEL_INDENT - 3, endY);
    pen.stroke();
    pen.globalAlpha = 1;
    pen.fillStyle = series.colour;
    pen.fillText(endLabel, layout.plot + LABEL_INDENT, labelY);
  }
}

function clipped(pen: Pen, x: number, y: number, width: number, height: number, draw: () => void): void {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  draw();
  pen.restore();
}
