/** Which steps do the rows or the JSON describe? What a row leaves out has its usual value; whether the whole makes sense the engine says. */
import { ConfigurationError } from '../../engine';
import type { LadderStep } from '../../engine';

type Row = Record<string, unknown>;

export function readLadderRows(rows: Row[]): LadderStep[] {
	return rows.map((row, index) => readStep(row, `Ladder, step ${index + 1}`, 'ladder'));
}

/**
 * @param given a list of steps, or the text of one
 * @throws ConfigurationError
 */
export function readLadderJson(given: unknown): LadderStep[] {
	const steps = typeof given === 'string' ? parsed(given) : given;
	if (!Array.isArray(steps)) {
		throw new ConfigurationError('"Ladder (JSON)" is not a list of steps in JSON.', EXAMPLE, 'ladderJson');
	}
	return steps.map((step: unknown, index) => {
		const where = `Ladder (JSON), step ${index + 1}`;
		if (typeof step === 'object' && step !== null && !Array.isArray(step))
			return readStep(step as Row, where, 'ladderJson');
		throw new ConfigurationError(`${where} is not an object.`, EXAMPLE, 'ladderJson');
	});
}

const EXAMPLE = 'Write it as [{ "offset": -3, "template": "regua_lembrete" }, { "offset": 7, "action": "human" }].';

function readStep(row: Row, where: string, field: string): LadderStep {
	const offset = wholeNumber(row.offset, where, field);
	const unit = oneOf(row.unit, ['calendarDays', 'bankDays'] as const, `${where}, "unit"`, field);
	const template = text(row.template) || null;
	const words = text(row.text) || null;
	const usual = template || !words ? 'template' : 'text';
	const action = oneOf(row.action, ['template', 'text', 'human'] as const, `${where}, "action"`, field, usual);
	const key = text(row.key) || keyOf(offset, unit);
	return {
		key,
		name: text(row.name) || key.toUpperCase(),
		offset,
		unit,
		segments: list(row.segments),
		action,
		template: action === 'template' ? template : null,
		// A template may have its words beside it, for channels without templates.
		text: action === 'human' ? null : words,
		shift: oneOf(row.shift, ['next', 'previous'] as const, `${where}, "shift"`, field),
	};
}

/** d-3, d0, d+7; bank days (dias úteis) as d+2u. */
function keyOf(offset: number, unit: LadderStep['unit']): string {
	return `d${offset > 0 ? '+' : ''}${offset}${unit === 'bankDays' ? 'u' : ''}`;
}

function wholeNumber(value: unknown, where: string, field: string): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number)) return number;
	const given = number === undefined || number === null || number === '' ? 'is missing' : `is "${String(value)}"`;
	throw new ConfigurationError(`${where}: the offset ${given}.`, 'Use whole days, e.g. -3, 0 or 7.', field);
}

function oneOf<T extends string>(value: unknown, known: readonly T[], where: string, field: string, usual = known[0]!) {
	if (value === undefined || value === null || value === '') return usual;
	if (known.includes(value as T)) return value as T;
	throw new ConfigurationError(`${where} has no option "${String(value)}".`, `Use ${known.join(', ')}.`, field);
}

function list(value: unknown): string[] {
	const words = Array.isArray(value) ? value.map(text) : text(value).split(/[,;\n]/);
	return words.map((word) => word.trim()).filter((word) => word !== '');
}

function text(value: unknown): string {
	return value === undefined || value === null ? '' : String(value).trim();
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
