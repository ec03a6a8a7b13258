import { readableName, wordKey, type ReadableName } from './answer';
import { onlyQueue, parseTriageConfig, queueOfFallback, warningsOf } from './config-checks';
import type { TriageConfig, TriageRow } from './config-schema';
import { DEFAULT_SETTINGS, type DeskSettings } from './settings';
import { DEFAULT_TEXTS, DESK_TEXTS, specialKey, TEXT_KEYS, type TextTable } from './texts';

export type { TriageConfigInput } from './config-schema';

/**
 * What does a Queue Router look like once its settings are read? Everything that would otherwise be worked out again for
 * every message. Compile once per run.
 */

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
