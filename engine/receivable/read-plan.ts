/** Is this the plan of a reminder, as the Dunning Planner makes it? It travels through workflows as plain JSON, so anything may come. */
import { z } from 'zod/v4';
import { isDateText } from '../business-hours/dates';
import { WEEKDAYS } from '../business-hours/schedule';
import type { DunningPlan } from '../dunning/types';
import { ConfigurationError } from '../errors';

const date = z.string().refine(isDateText, 'must be a date such as 2026-12-24');
const text = z.string().min(1);

const schema = z.object({
	creditor: text,
	payer: text,
	day: date,
	steps: z
		.array(z.object({ invoice: text, step: text, number: z.string(), dueDate: date, amountCents: z.number().int() }))
		.min(1),
	afterDue: z.boolean(),
	maxPerWeek: z.number().int().min(1),
	hours: z.looseObject({ weekly: z.array(z.looseObject({ days: z.array(z.enum(WEEKDAYS)) })) }),
	plannedAt: z.number().optional(),
	validUntil: z.number(),
	dedupeKey: text,
});

/**
 * @param given the plan, or its JSON
 * @throws ConfigurationError saying which part is missing or wrong
 */
export function readDunningPlan(given: unknown): DunningPlan {
	const parsed = schema.safeParse(typeof given === 'string' ? fromJson(given) : given);
	if (parsed.success) return parsed.data as unknown as DunningPlan;
	const [issue] = parsed.error.issues;
	const where = issue?.path.length ? ` (${issue.path.join('.')}: ${issue.message})` : '';
	throw new ConfigurationError(
		`"Dunning Plan" is not the plan of a reminder${where}.`,
		'Use {{ $json.plan }} of an item from the output "Send Now" of the Dunning Planner, unchanged.',
		'dunningPlan',
	);
}

function fromJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
