import type { z } from 'zod';
import { ConfigurationError } from '../errors';
import { fold } from '../text';
import { configSchema, type TriageConfig, type TriageRow } from './config-schema';
import { unknownVariables } from './render';
import { MANDATORY_TEXTS, type TextKey } from './texts';

/** Is this Queue Router set up sensibly? Refusals name the row or field; oddities that are allowed become warnings. */

/** Reads and checks the settings. Throws ConfigurationError naming the row or field at fault (B-40, B-50, B-54). */
export function parseTriageConfig(raw: unknown): TriageConfig {
	const parsed = configSchema.safeParse(raw);
	if (!parsed.success) throw badField(parsed.error.issues[0]!, raw);
	const config = parsed.data;
	config.rows = config.rows.map((row) => ({ ...row, displayName: row.displayName || row.name }));
	checkTexts(config);
	checkRows(config.rows);
	checkFallback(config);
	return config;
}

/** Sentences for the node's hints. */
export function warningsOf(config: TriageConfig): string[] {
	const warnings: string[] = [];
	if (!config.assistant) {
		warnings.push(
			'The virtual assistant is off: customers are not identified and conversations are linked to nobody, so personal ' +
				'documents cannot be sent until an agent identifies the person, for example by phone (C-20).',
		);
	}
	const shown = new Map<string, string>();
	for (const row of config.rows.filter((r) => r.active)) {
		const same = shown.get(fold(row.displayName));
		if (same)
			warnings.push(`Queues "${same}" and "${row.name}" show the same name; only their numbers tell them apart.`);
		shown.set(fold(row.displayName), row.name);
	}
	const names = new Set(config.rows.map((row) => row.name));
	for (const rule of config.rules) {
		for (const queue of rule.queues.filter((name) => !names.has(name))) {
			warnings.push(`A message rule names the queue "${queue}", which is none of the rows: it is never used.`);
		}
	}
	const all = [
		...Object.entries(config.texts),
		...config.rows.flatMap((row) => Object.entries(row.texts)),
		...config.rules.map((rule) => [rule.type, rule.text] as const),
	];
	for (const [key, template] of all) {
		for (const variable of unknownVariables(template ?? '')) {
			warnings.push(`The text "${key}" uses ${variable}, which is not a known variable and would be sent as it is.`);
		}
	}
	return warnings;
}

// ---------------------------------------------------------------- checks

function checkTexts({ texts: own }: TriageConfig): void {
	for (const [key, label] of Object.entries(MANDATORY_TEXTS)) {
		if (own[key as TextKey]?.trim() === '') {
			throw new ConfigurationError(
				`The text "${label}" is empty.`,
				'Type a text or remove the field to use the default one.',
				`texts.${key}`,
			);
		}
	}
}

function checkRows(rows: TriageRow[]): void {
	const numbers = new Map<number, number>();
	const names = new Map<string, number>();
	rows.forEach((row, i) => {
		const sameNumber = numbers.get(row.number);
		if (sameNumber !== undefined) {
			throw new ConfigurationError(
				`${rowTitle(rows, i)} has number ${row.number}, already used by ${rowTitle(rows, sameNumber)}.`,
				`Give each queue its own number: customers choose by it. The next free one is ${freeNumber(rows)}.`,
				`rows[${i}].number`,
			);
		}
		const sameName = names.get(fold(row.name));
		if (sameName !== undefined) {
			throw new ConfigurationError(
				`${rowTitle(rows, i)} has the internal name of ${rowTitle(rows, sameName)}.`,
				'The internal name identifies the queue in conversations and reports; use another one.',
				`rows[${i}].name`,
			);
		}
		numbers.set(row.number, i);
		names.set(fold(row.name), i);
	});
	if (rows.some((row) => row.active)) return;
	throw new ConfigurationError(
		rows.length === 0
			? 'No queue is configured, so there is nothing to offer to the customer.'
			: `None of the ${rows.length} queue rows is active (${rows.map((row) => `"${row.name}"`).join(', ')}).`,
		'Add a queue row, or switch one on.',
		'rows',
	);
}

function checkFallback(config: TriageConfig): void {
	const queue = queueOfFallback(config.fallback);
	if (queue === undefined) {
		throw new ConfigurationError(
			`The fallback "${config.fallback}" is not known.`,
			'Use "output" or "queue:" followed by the internal name of a queue.',
			'fallback',
		);
	}
	if (queue !== null && !config.rows.some((row) => row.name === queue && row.action === 'queue')) {
		throw new ConfigurationError(
			`The fallback queue "${queue}" is not one of the rows that hand over to a queue.`,
			'Choose the internal name of such a row; switch the row off if it shall not be in the menu.',
			'fallback',
		);
	}
	const needsQueue = !config.assistant || (config.timeout.then === 'fallback' && config.timeout.giveUpAfterMinutes);
	if (!needsQueue || queue !== null || (!config.assistant && onlyQueue(config.rows) !== null)) return;
	throw new ConfigurationError(
		config.assistant
			? 'The timeout hands over to the fallback queue, but no fallback queue is set.'
			: 'The virtual assistant is off, but no fallback queue says where conversations go.',
		'Set the fallback to a queue.',
		'fallback',
	);
}

function badField(issue: z.ZodIssue, raw: unknown): ConfigurationError {
	const [list, index, ...rest] = issue.path;
	const field = issue.path.reduce<string>(
		(at, key) => at + (typeof key === 'number' ? `[${key}]` : at && '.') + (typeof key === 'number' ? '' : key),
		'',
	);
	if (list === 'rows' && typeof index === 'number') {
		const row = (raw as { rows: Array<{ name?: unknown } | null> }).rows[index];
		const title = row && typeof row.name === 'string' && row.name ? ` ("${row.name}")` : '';
		return new ConfigurationError(
			`Queue row ${index + 1}${title}: ${rest.join('.') || 'the row'} is wrong: ${issue.message}.`,
			'',
			field,
		);
	}
	return new ConfigurationError(`The Queue Router setting "${field}" is wrong: ${issue.message}.`, '', field);
}

function freeNumber(rows: TriageRow[]): number {
	const taken = new Set(rows.map((row) => row.number));
	let free = 1;
	while (taken.has(free)) free++;
	return free;
}

function rowTitle(rows: TriageRow[], index: number): string {
	return `queue row ${index + 1} ("${rows[index]!.name}")`.replace(/^q/, 'Q');
}

/** undefined: not understood; null: the workflow's output. */
export function queueOfFallback(fallback: string): string | null | undefined {
	if (fallback === 'output' || fallback === '') return null;
	return fallback.startsWith('queue:') ? fallback.slice('queue:'.length).trim() : undefined;
}

export function onlyQueue(rows: TriageRow[]): string | null {
	const queues = rows.filter((row) => row.active && row.action === 'queue');
	return queues.length === 1 ? queues[0]!.name : null;
}
