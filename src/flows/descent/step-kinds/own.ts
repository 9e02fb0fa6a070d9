import type { RunningRule, StepPlace, StepPlan } from './step-kind.js';

/**
 * A rule of one's own: its functions stand in it. The name and whatever other plain fields it has say
 * whether a kept training is the same one, so its sizes belong there.
 */
export interface OwnStep extends RunningRule {
  readonly kind: 'own';
  readonly name: string;
}

/** The rule at work, looked at in every step: a length that is no number would end up in θ. */
export function runningOwn(rule: OwnStep): RunningRule {
  const { name, start = 0, settle } = rule;
  return {
    start,
    plan(at) {
      const plan = rule.plan(at);
      requirePlan(name, plan, at);
      return plan;
    },
    settle: settle && ((at, moved) => rule.settle!(at, moved)),
  };
}

function requirePlan(name: string, plan: StepPlan, { alpha }: StepPlace): void {
  const [key, size] = 'share' in plan ? ['share', plan.share] : ['factor', plan.factor];
  if (Number.isFinite(size) && size >= 0) return;
  throw new Error(
    `The step rule '${name}' gives the ${key} ${size} at α = ${alpha.toPrecision(6)}; expected a finite number of at least 0.`,
  );
}

/** Throws a sentence where a rule of one's own lacks what it needs. */
export function requireOwn({ name, start = 0, plan, settle }: OwnStep): void {
  const fail = (what: string): never => {
    throw new Error(`A step rule of one's own ${what}.`);
  };
  if (typeof name !== 'string' || name === '') fail('needs a name');
  if (typeof plan !== 'function') fail(`needs a function \`plan\`; '${name}' has none`);
  if (settle !== undefined && typeof settle !== 'function') {
    fail(`has a function \`settle\`, or none; that of '${name}' is no function`);
  }
  if (!Number.isFinite(start)) fail(`starts from a finite number; '${name}' starts from ${start}`);
}
