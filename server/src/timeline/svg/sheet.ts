/** Where things stand on the picture, in its own units. */
export const sheet = { width: 960, left: 232, right: 936, margin: 24, row: 46, gap: 10 } as const;

/** From the share of the axis to the picture. */
export function across(share: number): number {
  return sheet.left + share * (sheet.right - sheet.left);
}

/** The top of a lane in a part that begins at `top`. */
export function laneTop(top: number, lane: number): number {
  return top + lane * (sheet.row + sheet.gap);
}

/** Height of a part with this many lanes. */
export function partHeight(lanes: number): number {
  return lanes * (sheet.row + sheet.gap);
}

/** A part of the picture: its markup, and how much room it takes. */
export interface Part {
  readonly markup: string;
  readonly height: number;
}
