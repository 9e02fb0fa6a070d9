/** How much work a run does: minutes for a look, more for a paper, as far as it goes. */
export const scales = ['smoke', 'standard', 'full'] as const;
/** How much is computed: minutes, or hours. */
export type Scale = (typeof scales)[number];

/** What the plan of a claim is a function of. */
export interface PlanSettings {
  readonly scale: Scale;
  readonly seed: number;
}
