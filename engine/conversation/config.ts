import { z } from 'zod';
import { ConfigurationError } from '../errors';
import { fold } from '../text';
import { readableName, wordKey, type ReadableName } from './answer';
import { unknownVariables } from './render';
import { DEFAULT_SETTINGS, type DeskSettings } from './settings';
import { DEFAULT_TEXTS, DESK_TEXTS, MANDATORY_TEXTS, specialKey, TEXT_KEYS } from './texts';
import type { TextKey, TextTable } from './texts';

/**
 * Is this Queue Router set up sensibly, and what does it look like once read? Checks what a supervisor typed, then
 * prepares everything that would otherwise be worked out again for every message. Compile once per run.
 */

const text = z.string().max(4096);
const texts = z.object(
	Object.fromEntries(TEXT_KEYS.map((key) => [key, text.optional()])) as Record<TextKey, z.ZodOptional<typeof text>>,
);
const minutesOrOff = z.number().min(0).max(525_600).nullable();

const rowSchema = z.object({
	number: z.number().int().min(0).max(9999),
	/** Internal name, the queue's identity (M-06, B-48). */
	name: z.string().trim().min(1).max(100),
	displayName: z.string().trim().max(200).default(''),
	active: z.boolean().default(true),
	action: z.enum(['queue', 'selfService']).default('queue'),
	/** Second line of a list row (C-15). */
	description: z.string().trim().max(500).default(''),
	aliases: z.array(z.string()).default([]),
	/** Somebody is on duty (M-10). */
	available: z.boolean().default(true),
	texts: texts.default({}),
});

const ruleSchema = z.object({
	type: z.enum(TEXT_KEYS as [TextKey, ...TextKey[]]),
	when: z.enum(['inside', 'outside', 'any']).default('any'),
	/** Internal names; empty: every queue. */
	queues: z.array(z.string()).default([]),
	title: z.string().default(''),
	text,
});

const configSchema = z.object({
	rows: z.array(rowSchema),
	texts: texts.default({}),
	rules: z.array(ruleSchema).default([]),
	companyName: z.string().trim().default(''),
	listPlacement: z.enum(['same', 'separate']).default('same'),
	menuStyle: z.enum(['auto', 'buttons', 'list', 'text']).default('auto'),
	menuButtonLabel: z.string().trim().min(1).max(20).default('Ver opções'),
	assistant: z.boolean().default(true),
	singleQueueSkipsMenu: z.boolean().default(false),
	maxAttempts: z.number().int().min(1).max(20).default(3),
	/** 'output' or 'queue:<internal name>'. */
	fallback: z.string().default('output'),
	timeout: z
		.object({
			reminderAfterMinutes: minutesOrOff.default(null),
			giveUpAfterMinutes: minutesOrOff.default(720),
			then: z.enum(['fallback', 'resolve']).default('resolve'),
		})
		.default({}),
	reservedWords: z
		.object({
			menu: z.array(z.string()).default(['menu', 'menu inicial', 'início', 'voltar', 'voltar ao menu', 'opções']),
			human: z
				.array(z.string())
				.default([
					'atendente',
					'falar com atendente',
					'humano',
					'falar com humano',
					'falar com alguém',
					'falar com uma pessoa',
				]),
		})
		.default({}),
	menuWhileQueued: z.boolean().default(true),
	/** What a first message outside business hours gets: the away text only, or the menu as usual. */
	outsideHours: z.enum(['away', 'menu']).default('away'),
	graceMinutes: z.number().min(0).max(10_080).default(DEFAULT_SETTINGS.graceMinutes),
	inactivityHours: z.number().positive().max(8760).nullable().default(null),
	startMode: z.enum(['send', 'draft']).default('send'),
	botPauseMinutes: z.number().positive().max(10_080).default(DEFAULT_SETTINGS.botPauseMinutes),
	botPauseCapMinutes: z.number().positive().max(10_080).default(DEFAULT_SETTINGS.botPauseCapMinutes),
	loopGuard: z
		.object({
			/** 0 switches a check off. */
			maxBotMessages: z.number().int().min(0).default(30),
			perMinutes: z.number().positive().default(10),
			maxSameText: z.number().int().min(0).default(5),
			maxFastReplies: z.number().int().min(0).default(6),
			pauseMinutes: z.number().positive().default(60),
		})
		.default({}),
});

export type TriageConfigInput = z.input<typeof configSchema>;
export type TriageConfig = z.output<typeof configSchema>;
export type TriageRow = TriageConfig['rows'][number];

export interface CompiledTriage extends TriageConfig {
	/** What every conversation that passes here carries with it. */
	settings: DeskSettings;
	table: TextTable;
	/** Active rows in number order (B-49). */
	offered: TriageRow[];
	byName: ReadonlyMap<string, TriageRow>;
	/** Names and aliases of a row as answers are compared with them. */
	names: ReadonlyMap<string, ReadableName[]>;
	reserved: { menu: ReadonlySet<string>; human: ReadonlySet<string> };
	/** Sentences for the node's hints: allowed, but worth knowing (C-20). */
	warnings: string[];
}

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

/** Parses and prepares; the result serves any number of messages and is never changed. */
export function compileTriageConfig(raw: unknown): CompiledTriage {
	const config = parseTriageConfig(raw);
	const table = textTable(config);
	const fallbackQueue = queueOfFallback(config.fallback) ?? (config.assistant ? null : onlyQueue(config.rows));
	return {
		...config,
		table,
		settings: {
			company: config.companyName || DEFAULT_SETTINGS.company,
			texts: deskTexts(table),
			queueNames: Object.fromEntries(
				config.rows.filter((r) => r.displayName !== r.name).map((r) => [r.name, r.displayName]),
			),
			fallbackQueue,
			graceMinutes: config.graceMinutes,
			startMode: config.startMode,
			botPauseMinutes: config.botPauseMinutes,
			botPauseCapMinutes: Math.max(config.botPauseCapMinutes, config.botPauseMinutes),
			inactivityHours: config.inactivityHours,
			timeoutThen: config.timeout.then,
		},
		offered: config.rows.filter((row) => row.active).sort((a, b) => a.number - b.number),
		byName: new Map(config.rows.map((row) => [row.name, row])),
		names: new Map(config.rows.map((row) => [row.name, namesOf(row)])),
		reserved: { menu: wordKeys(config.reservedWords.menu), human: wordKeys(config.reservedWords.human) },
		warnings: warningsOf(config),
	};
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
				'Give each queue its own number: customers choose by it.',
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

function rowTitle(rows: TriageRow[], index: number): string {
	return `queue row ${index + 1} ("${rows[index]!.name}")`.replace(/^q/, 'Q');
}

/** undefined: not understood; null: the workflow's output. */
function queueOfFallback(fallback: string): string | null | undefined {
	if (fallback === 'output' || fallback === '') return null;
	return fallback.startsWith('queue:') ? fallback.slice('queue:'.length).trim() : undefined;
}

function onlyQueue(rows: TriageRow[]): string | null {
	const queues = rows.filter((row) => row.active && row.action === 'queue');
	return queues.length === 1 ? queues[0]!.name : null;
}

// ---------------------------------------------------------------- preparation

function textTable(config: TriageConfig): TextTable {
	const base: TextTable['base'] = {};
	for (const key of TEXT_KEYS) {
		const own = config.texts[key];
		if (own !== undefined && own !== DEFAULT_TEXTS[key]) base[key] = own;
	}
	const special: TextTable['special'] = {};
	for (const row of config.rows) {
		for (const key of TEXT_KEYS) {
			const own = row.texts[key];
			if (own === undefined) continue;
			special[specialKey(key, row.name, 'inside')] = own;
			special[specialKey(key, row.name, 'outside')] = own;
		}
	}
	for (const rule of config.rules) {
		for (const part of rule.when === 'any' ? (['inside', 'outside'] as const) : [rule.when]) {
			for (const queue of rule.queues.length === 0 ? [null] : rule.queues) {
				special[specialKey(rule.type, queue, part)] = rule.text;
			}
		}
	}
	return { base, special };
}

function deskTexts(table: TextTable): TextTable {
	const wanted = new Set<string>(DESK_TEXTS);
	const only = (record: Record<string, string | undefined>) =>
		Object.fromEntries(Object.entries(record).filter(([key]) => wanted.has(key.split('/', 1)[0]!)));
	return { base: only(table.base), special: only(table.special) as Record<string, string> };
}

function namesOf(row: TriageRow): ReadableName[] {
	return [...new Set([row.displayName, ...row.aliases])].filter((name) => name.trim()).map(readableName);
}

function wordKeys(list: string[]): ReadonlySet<string> {
	return new Set(list.map(wordKey).filter((key) => key !== ''));
}

function warningsOf(config: TriageConfig): string[] {
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
