/** Which triage do the fields of this node describe for this item? Compiled once for equal fields. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { compileTriageConfig } from '../../engine';
import type { CompiledTriage } from '../../engine';
import { hasExpression } from '../shared/read-parameter';
import type { ReadParameter } from '../shared/read-parameter';
import { MAIN_TEXTS } from './text-catalog';

const PARAMETERS = ['queues', 'companyName', ...MAIN_TEXTS, 'moreTexts', 'messageRules', 'options'];

/** A compiled triage is never changed, so equal fields share it, over items and runs. */
const compiled = new Map<string, CompiledTriage>();
const MOST_COMPILED = 200;

export type ReadConfig = (index: number) => CompiledTriage;

/** @throws ConfigurationError naming the row or field at fault */
export function configReader(context: IExecuteFunctions, read: ReadParameter): ReadConfig {
	let same: CompiledTriage | undefined;
	const varies = hasExpression(context.getNode().parameters);
	return (index) => {
		if (same) return same;
		const triage = compileOnce(
			Object.fromEntries(PARAMETERS.map((name) => [name, read(name, index, null)])) as IDataObject,
		);
		if (!varies) same = triage;
		return triage;
	};
}

function compileOnce(parameters: IDataObject): CompiledTriage {
	const key = JSON.stringify(parameters);
	let triage = compiled.get(key);
	if (!triage) {
		triage = compileTriageConfig(toInput(parameters));
		if (compiled.size >= MOST_COMPILED) compiled.clear();
		compiled.set(key, triage);
	}
	return triage;
}

/** What compileTriageConfig expects; values it cannot read are passed on, for it names them best. */
export function toInput(parameters: IDataObject): unknown {
	const { fallbackQueue, inactivityHours, menuTimeout, reservedWords, loopGuard, ...options } = group(
		parameters.options,
	);
	const words = group(group(reservedWords).words);
	const hours = toNumber(inactivityHours);
	return {
		rows: list(group(parameters.queues).queue).map(toRow),
		texts: { ...texts(pick(parameters, MAIN_TEXTS)), ...texts(group(parameters.moreTexts)) },
		rules: list(group(parameters.messageRules).rule).map(({ type, when, queues, title, text }) => ({
			type,
			when: given(when),
			queues: toList(queues),
			title: toText(title),
			text: toText(text) ?? '',
		})),
		companyName: toText(parameters.companyName),
		listPlacement: given(options.listPlacement),
		menuStyle: given(options.menuStyle),
		menuButtonLabel: given(toText(options.menuButtonLabel)),
		assistant: toFlag(options.assistant),
		singleQueueSkipsMenu: toFlag(options.singleQueueSkipsMenu),
		maxAttempts: toNumber(options.maxAttempts),
		fallback: given(fallbackQueue) === undefined ? undefined : `queue:${toText(fallbackQueue)}`,
		timeout: numbersOf(group(group(menuTimeout).limits)),
		reservedWords: { menu: toWords(words.menu), human: toWords(words.human) },
		menuWhileQueued: toFlag(options.menuWhileQueued),
		outsideHours: given(options.outsideHours),
		burstSeconds: toNumber(options.burstSeconds),
		graceMinutes: toNumber(options.graceMinutes),
		inactivityHours: hours === 0 ? null : hours,
		startMode: given(options.startMode),
		botPauseMinutes: toNumber(options.botPauseMinutes),
		botPauseCapMinutes: toNumber(options.botPauseCapMinutes),
		loopGuard: numbersOf(group(group(loopGuard).limits)),
	};
}

function toRow(row: IDataObject): unknown {
	return {
		number: toNumber(row.number) ?? 1,
		name: toText(row.name) ?? '',
		displayName: toText(row.displayName),
		active: toFlag(row.active),
		action: given(row.action),
		description: toText(row.description),
		aliases: toList(row.aliases),
		available: toFlag(row.available),
		texts: texts(group(row.texts)),
	};
}

// ---------------------------------------------------------------- what expressions may give

function given(value: unknown): unknown {
	return value === null || value === '' ? undefined : value;
}

function toText(value: unknown): unknown {
	if (value === null || value === undefined) return undefined;
	return typeof value === 'number' ? String(value) : value;
}

function toNumber(value: unknown): unknown {
	const known = given(value);
	return typeof known === 'string' && known.trim() !== '' && !Number.isNaN(Number(known)) ? Number(known) : known;
}

/** A count of people is a good answer to "someone available?". */
function toFlag(value: unknown): unknown {
	const known = given(value);
	if (known === 'true' || known === 'false') return known === 'true';
	return typeof known === 'number' ? known > 0 : known;
}

function toList(value: unknown): unknown {
	const known = given(value);
	if (typeof known !== 'string') return known;
	return known
		.split(/[,;\n]/)
		.map((word) => word.trim())
		.filter((word) => word !== '');
}

/** Emptied on purpose means none; not added means the usual ones. */
function toWords(value: unknown): unknown {
	return value === '' ? [] : toList(value);
}

function texts(parameters: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, toText(value)])) as IDataObject;
}

function numbersOf(limits: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(limits).map(([key, value]) => [key, toNumber(value)])) as IDataObject;
}

function pick(parameters: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(names.map((name) => [name, parameters[name]])) as IDataObject;
}

function group(value: unknown): IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as IDataObject) : {};
}

function list(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.map(group) : [];
}
