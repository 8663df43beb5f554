import type { ElementAddress } from '../../../core/design/design.ts';
import type { Direction } from '../../canvas/reading.ts';

/** A connection that is made by keyboard. */
export interface Aim {
  readonly from: ElementAddress;
  /** Element that Enter connects to. */
  readonly to: ElementAddress;
  /** Elements that it may lead to, in reading order. */
  readonly valid: readonly ElementAddress[];
}

export interface ConnectingSlice {
  readonly aim: Aim | undefined;
  /** Begins a connection at the selected element; says why when it can lead nowhere. */
  startAiming(): void;
  /** Aims at the nearest valid element in a direction. */
  aimTowards(direction: Direction): void;
  /** Aims at the next element in reading order, valid or not. */
  aimNext(step: 1 | -1): void;
  /** Connects what is aimed at; where that is not valid, nothing happens: the reason is shown already. */
  connectAim(): void;
  stopAiming(): void;
}
