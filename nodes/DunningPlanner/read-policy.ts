/** Which policy do the fields of this node describe? Who is owed may differ from item to item; all the rest is read once per run. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { ConfigurationError, dunningPolicy, STATE_LAW_HOURS } from '../../engine';
import type { ContactHoursTable, DunningPolicy, LadderStep } from '../../engine';
import { instantOf } from '../shared/instant-of';
import { itemParameters } from '../shared/item-parameters';
import type { ItemParameters } from '../shared/item-parameters';
import type { ReadParameter } from '../shared/read-parameter';
import { readOwnDates, readWeeklyHours } from '../shared/schedule-rows';
import { readLadderJson, readLadderRows } from './read-ladder';

export interface ItemPolicy {
	policy: DunningPolicy;
	/** What the invoices of this item are unique within. */
	creditorKey: string;
}

/** Items of one creditor get the same object. @throws ConfigurationError | UserError naming the field */
export function policyReader(read: ReadParameter): (index: number) => ItemPolicy {
	const known = new Map<string, ItemPolicy>();
	let shared: Omit<Parameters<typeof dunningPolicy>[0], 'creditor'> | undefined;
	return (index) => {
		const params = itemParameters(read, index);
		const creditor = {
			name: params.requiredText('creditorName'),
			document: params.requiredText('creditorDocument'),
			address: params.requiredText('creditorAddress'),
		};
		const creditorKey =
			params.text('options.creditorKey') || creditor.document.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
		const key = JSON.stringify([creditor, creditorKey]);
		let found = known.get(key);
		if (!found) {
			shared ??= readShared(itemParameters(read, 0));
			known.set(key, (found = { policy: dunningPolicy({ ...shared, creditor }), creditorKey }));
		}
		return found;
	};
}

/** The moment to plan for: now, unless somebody rehearses. */
export function readReferenceTime(context: IExecuteFunctions, read: ReadParameter, now: number): number {
	const { referenceTime } = itemParameters(read, 0).collection('options');
	if (referenceTime === undefined || referenceTime === null || referenceTime === '') return now;
	const instant = instantOf(referenceTime, context.getTimezone());
	if (Number.isFinite(instant)) return instant;
	throw new ConfigurationError(
		`"Reference Time" is not a moment: "${String(referenceTime)}".`,
		'Use an ISO date and time such as 2026-11-24T10:00, or remove the option to plan for now.',
		'referenceTime',
	);
}

function readShared(params: ItemParameters) {
	const given = params.collection('options');
	const number = (name: string) => (name in given ? params.number(`options.${name}`) : undefined);
	const reais = number('humanFromAmount') ?? 0;
	return {
		steps: readSteps(params),
		hours: readHours(params),
		ownDates: readOwnDates(params.rows('ownDates', 'date')),
		charges: {
			finePercent: params.number('finePercent'),
			monthlyInterestPercent: params.number('interestPercent'),
		},
		humanFromCents: reais > 0 ? Math.round(reais * 100) : null,
		maxPerWeek: number('maxPerWeek'),
		maxYears: number('maxYears'),
		firstOverdueBankDay: number('firstOverdueBankDay'),
		catchUpDays: number('catchUpDays'),
		replyPauseHours: number('replyPauseHours'),
		maxPromises: number('maxPromises'),
	};
}

function readSteps(params: ItemParameters): LadderStep[] {
	return params.text('ladderFrom') === 'json'
		? readLadderJson(params.value('ladderJson'))
		: readLadderRows(params.rows('ladder', 'step'));
}

function readHours(params: ItemParameters): ContactHoursTable | undefined {
	const chosen = params.text('contactHours');
	if (chosen === 'stateLaws') return STATE_LAW_HOURS;
	if (chosen !== 'custom') return undefined;
	const states: ContactHoursTable['states'] = {};
	for (const row of params.rows('stateHours', 'row')) {
		const named = (Array.isArray(row.states) ? row.states : []) as Array<keyof typeof states>;
		for (const state of named) (states[state] ??= []).push(...readWeeklyHours([row]));
	}
	return {
		default: readWeeklyHours(params.rows('defaultHours', 'row')),
		states,
		openOnHolidays: params.flag('openOnHolidays'),
	};
}
