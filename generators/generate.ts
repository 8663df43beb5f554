import type { Design } from '../core/design/design.ts';
import { referenceNotices } from '../core/design/notices.ts';
import { redactedIn } from '../core/redact.ts';
import { fail, ok, type Problem, type Result } from '../core/result.ts';
import { emitCompose } from './compose/index.ts';
import { contextOf } from './context.ts';
import { emitContracts } from './contracts/emit.ts';
import { emitDatabase } from './database/index.ts';
import { emitReadme } from './docs/readme.ts';
import { Output, type OutputTree } from './kit/output.ts';
import { emitMessaging } from './messaging/index.ts';
import { emitObservability } from './observability/emit.ts';
import { emitServices } from './services/emit.ts';
import { emitStore } from './store/index.ts';
import { emitTools } from './tools/emit.ts';
import { emitWorkers } from './workers/emit.ts';
import { emitWorkspace } from './workspace/emit.ts';
import { packageNames } from './workspace/names.ts';
import { planWorkspace } from './workspace/plan.ts';

/**
 * Makes the workspace of a design: files in memory, the same for the same design. Layout and notes do not change it.
 * Fails with all problems at once: dangling references, names that collide, and what is not generated yet.
 */
export function generate(written: Design): Result<OutputTree> {
  // A password that stands in a text of the design must not be copied into files, logs and images.
  const design = redactedIn(written);
  const dangling = referenceNotices(design).map(
    ({ at, message }): Problem => ({
      code: 'LOOM_REFERENCE',
      message: `${at}: ${message}`,
      hint: 'Correct the name, or add what it names.',
      element: at,
    }),
  );
  if (dangling.length > 0) return fail(dangling);
  const context = contextOf(design);
  if (!context.ok) return context;
  const planned = planWorkspace(context.value);
  if (!planned.ok) return planned;
  const plan = planned.value;

  const out = new Output();
  emitWorkspace(plan, out);
  emitContracts(plan.contracts, packageNames(plan.scope).messaging, out);
  emitMessaging(plan, out);
  for (const broker of plan.brokers) broker.emit(out);
  if (plan.store) emitStore(plan.store, out);
  if (plan.database) emitDatabase(plan.database, out);
  emitServices(plan, out);
  emitWorkers(plan, out);
  emitTools(plan, out);
  emitCompose(plan, out);
  emitObservability(plan, out);
  emitReadme(plan, out);
  return ok(out.tree());
}
