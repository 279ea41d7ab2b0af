// What does this cell compute on these numbers? Values, loss and gradients for given vectors.

import type { Cell } from '../cells/catalogue.ts';
import type { EngineInputs, Gradients, Trace } from '../equations/trace.ts';
import { column, type Matrix, norm, zeros } from '../numbers/matrix.ts';
import type { EngineName } from '../options/engine.ts';
import type { Figure, Result } from '../render/result.ts';
import { firstNonFinite, nonFiniteNotes, nonFiniteSays } from './non-finite.ts';
import { left, right } from './table-columns.ts';

/** For people; programs take the vectors themselves. */
export function cellRun(cell: Cell, given: EngineInputs, trace: Trace & Gradients, engine: EngineName): Result {
  const steps = given.inputs.length;
  const { output } = cell.program;
  const names = [...trace.values.keys()];
  const allFinite = [trace.values, trace.totals].every((all) =>
    [...all.values()].every((each) => each.every(({ data }) => data.every(Number.isFinite))),
  );
  const initial = new Map(
    cell.program.states.map((s) => [s, given.initial.get(s) ?? zeroLike(trace.values.get(s)![0]!)] as const),
  );
  const first = allFinite ? undefined : firstNonFinite(cell.backward, { ...given, initial });
  return {
    unroll: 1,
    experiment: 'cell run',
    question: `What does ${cell.name === 'equation' ? 'this cell' : cell.name} compute on these numbers?`,
    options: { cell: cell.name, steps, engine },
    seed: 0,
    figures: [
      ...names.map((name) => valueTable(name, trace, steps)),
      {
        kind: 'table',
        title: 'The loss and its gradients',
        columns: [...left('of'), ...right('norm of the gradient')],
        rows: [
          ...[...trace.params].map(([name, m]) => [name, norm(m)]),
          ...(trace.inputs === undefined ? [] : [['x', norm(column(trace.inputs.map(norm)))]]),
          ...[...trace.initial].map(([state, m]) => [`${state}_0`, norm(m)]),
          [`${output}, all steps`, norm(column(trace.totals.get(output)!.map(norm)))],
        ],
      },
    ],
    claims: [],
    notes: [
      ...(allFinite
        ? []
        : nonFiniteNotes(cell.name, [first === undefined ? 'a gradient overflows' : nonFiniteSays(first)], 0)),
      `The loss Σ_t readout_t · ${output}_t is ${Number.isFinite(trace.loss) ? trace.loss : 'not finite'}.`,
    ],
    next: {
      says: 'Every number in full',
      command: `unroll cell run ${cell.typed ?? 'CELL'} --vectors FILE --format json`,
    },
  };
}

const zeroLike = ({ rows, columns }: Matrix): Matrix => zeros(rows, columns);

/** At most eight units and sixteen steps: JSON has all of them. */
function valueTable(name: string, trace: Trace, steps: number): Figure {
  const values = trace.values.get(name)!;
  const units = Math.min(8, values[0]!.data.length);
  const shown = Math.min(16, steps);
  const cut = units < values[0]!.data.length || shown < steps ? ', the first of them' : '';
  return {
    kind: 'table',
    title: `${name} at every step${cut}`,
    columns: [
      ...right('t'),
      ...Array.from({ length: units }, (_, i) => ({ title: `${name} ${i + 1}`, align: 'right' as const })),
    ],
    rows: values.slice(0, shown).map((m, t) => [String(t + 1), ...m.data.subarray(0, units)]),
  };
}
