/** Plans all items of a run together: read each, decide about all, place each decision where its first item stands. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { compilePolicy, planAll } from '../../engine';
import type { Decision, Desk, DunningPolicy, Receivable, ReceivableReading } from '../../engine';
import { parameterReader } from '../shared/read-parameter';
import { runBatch } from '../shared/run-items';
import { nameTheField } from './name-the-field';
import { OUTPUT, placeDecision, placeUnreadable } from './place-decision';
import type { Origin } from './place-decision';
import { policyReader, readReferenceTime } from './read-policy';
import { rowReader } from './read-row';

interface Prepared {
	index: number;
	json: IDataObject;
	policy: DunningPolicy;
	reading: ReceivableReading;
}

export async function planRun(context: IExecuteFunctions, desk: Desk): Promise<INodeExecutionData[][]> {
	const read = parameterReader(context);
	const policyOf = named(context, policyReader(read));
	const rowOf = rowReader(read);
	const now = named(context, () => readReferenceTime(context, read, desk.clock.now()))(undefined);
	const compile = named(context, compilePolicy);
	const origins = new Map<Receivable, { index: number; json: IDataObject }>();
	const origin: Origin = (receivable) => origins.get(receivable)!;
	const warnings = new Set<string>();

	const outputs = await runBatch<Prepared, Decision[]>(
		context,
		{
			prepare: ({ json }, index) => {
				const { policy, creditorKey } = policyOf(index);
				const reading = rowOf(json, creditorKey);
				if (reading.ok) origins.set(reading.receivable, { index, json });
				return { index, json, policy, reading };
			},
			act: async (prepared) => {
				const decided = new Map<number, Decision[]>();
				for (const [policy, receivables] of byPolicy(prepared)) {
					for (const warning of compile(policy).warnings) warnings.add(warning);
					for (const decision of await planAll(desk, receivables, policy, now)) {
						const first = receivablesOf(decision).reduce(
							(least, receivable) => Math.min(least, origin(receivable).index),
							Infinity,
						);
						const others = decided.get(first);
						if (others) others.push(decision);
						else decided.set(first, [decision]);
					}
				}
				return prepared.map(({ index }) => decided.get(index) ?? []);
			},
			place: (decisions, { json, policy, reading }) =>
				reading.ok
					? decisions.map((decision) => placeDecision(decision, policy.creditor, origin))
					: placeUnreadable(json, reading.problem),
		},
		{ outputs: Object.keys(OUTPUT).length, errorOutput: OUTPUT.skipped },
	);
	if (warnings.size > 0) {
		context.addExecutionHints(
			...[...warnings].map((message) => ({ message, type: 'warning', location: 'outputPane' }) as const),
		);
	}
	return outputs;
}

/** What it refuses is told with the field of this node, and with the place the value comes from. */
function named<A, R>(context: IExecuteFunctions, act: (given: A) => R): (given: A) => R {
	return (given) => {
		try {
			return act(given);
		} catch (error) {
			throw nameTheField(context, error);
		}
	};
}

/** Creditors are planned apart: each has its own name in the texts. */
function byPolicy(prepared: readonly Prepared[]): Map<DunningPolicy, Receivable[]> {
	const groups = new Map<DunningPolicy, Receivable[]>();
	for (const { policy, reading } of prepared) {
		if (!reading.ok) continue;
		const group = groups.get(policy);
		if (group) group.push(reading.receivable);
		else groups.set(policy, [reading.receivable]);
	}
	return groups;
}

function receivablesOf(decision: Decision): Receivable[] {
	switch (decision.type) {
		case 'sendNow':
			return decision.invoices.map(({ receivable }) => receivable);
		case 'later':
			return decision.invoices;
		default:
			return [decision.receivable];
	}
}
