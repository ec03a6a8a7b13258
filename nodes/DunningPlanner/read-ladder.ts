/** Which steps do the rows or the JSON describe? What a row leaves out has its usual value; whether the whole makes sense the engine says. */
import { ConfigurationError } from '../../engine';
import type { LadderStep } from '../../engine';
import { parseJson } from './parse-json';
import { FIELDS, type Field, type StepField } from './step-fields';

type Row = Record<string, unknown>;

export function readLadderRows(rows: Row[]): LadderStep[] {
	return rows.map((row, index) => readStep(new StepRow(row, index, 'ladder')));
}

/**
 * @param given a list of steps, or the text of one; names and words in English or Portuguese
 * @throws ConfigurationError
 */
export function readLadderJson(given: unknown): LadderStep[] {
	const parsed = typeof given === 'string' ? parseJson(given) : { ok: true as const, value: given };
	if (!parsed.ok) {
		throw new ConfigurationError(`"Ladder (JSON)" is not valid JSON: ${parsed.why}.`, EXAMPLE, 'ladderJson');
	}
	const steps = parsed.value;
	if (!Array.isArray(steps)) {
		throw new ConfigurationError('"Ladder (JSON)" is not a list of steps.', EXAMPLE, 'ladderJson');
	}
	return steps.map((step: unknown, index) => {
		if (typeof step === 'object' && step !== null && !Array.isArray(step)) {
			return readStep(new StepRow(step as Row, index, 'ladderJson'));
		}
		throw new ConfigurationError(`Ladder (JSON), step ${index + 1} is not an object.`, EXAMPLE, 'ladderJson');
	});
}

const EXAMPLE = 'Write it as [{ "offset": -3, "template": "regua_lembrete" }, { "offset": 7, "action": "human" }].';

function readStep(row: StepRow): LadderStep {
	const offset = row.wholeNumber('offset');
	const unit = row.oneOf('unit', 'calendarDays');
	const template = row.text('template') || null;
	const words = row.text('text') || null;
	const action = row.oneOf('action', template || !words ? 'template' : 'text');
	const key = row.text('key') || keyOf(offset, unit);
	return {
		key,
		name: row.text('name') || key.toUpperCase(),
		offset,
		unit,
		segments: row.list('segments'),
		action,
		template: action === 'template' ? template : null,
		// A template may have its words beside it, for channels without templates.
		text: action === 'human' ? null : words,
		shift: row.oneOf('shift', 'next'),
	};
}

/** d-3, d0, d+7; bank days (dias úteis) as d+2u. */
function keyOf(offset: number, unit: LadderStep['unit']): string {
	return `d${offset > 0 ? '+' : ''}${offset}${unit === 'bankDays' ? 'u' : ''}`;
}

/** One step as it was given; what is wrong in it is called as it stands there. */
class StepRow {
	/** By what a name of ours folds to. */
	readonly #given: ReadonlyMap<string, { typed: string; value: unknown }>;

	constructor(
		row: Row,
		private readonly index: number,
		private readonly source: 'ladder' | 'ladderJson',
	) {
		this.#given = new Map(Object.entries(row).map(([typed, value]) => [folded(typed), { typed, value }]));
	}

	text(name: StepField): string {
		return text(this.#find(name)?.value);
	}

	list(name: StepField): string[] {
		const value = this.#find(name)?.value;
		const words = Array.isArray(value) ? value.map(text) : text(value).split(/[,;\n]/);
		return words.map((word) => word.trim()).filter((word) => word !== '');
	}

	wholeNumber(name: StepField): number {
		const value = this.#find(name)?.value;
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof number === 'number' && Number.isInteger(number)) return number;
		return this.#refuse(name, value, 'Use whole days: -3 is three days before, 0 the due date, 7 a week after it.');
	}

	oneOf<F extends 'unit' | 'action' | 'shift'>(name: F, usual: LadderStep[F]): LadderStep[F] {
		const value = this.#find(name)?.value;
		if (value === undefined || value === null || value === '') return usual;
		const words = Object.entries((FIELDS[name] as Field).words!);
		const chosen = words.find(([own, others]) => [own, ...others].map(folded).includes(folded(String(value))));
		if (chosen) return chosen[0] as LadderStep[F];
		const known = words.map(([own, [other]]) => (this.source === 'ladder' ? own : `${own} (${other})`));
		return this.#refuse(name, value, `Use ${known.join(', ')}.`);
	}

	#find(name: StepField): { typed: string; value: unknown } | undefined {
		for (const each of [name, ...FIELDS[name].portuguese]) {
			const found = this.#given.get(folded(each));
			if (found) return found;
		}
		return undefined;
	}

	#refuse(name: StepField, value: unknown, hint: string): never {
		const isMissing = value === undefined || value === null || value === '';
		const what = isMissing ? 'is missing' : `is ${typeof value === 'string' ? `"${value}"` : JSON.stringify(value)}`;
		throw new ConfigurationError(`${this.#place()}: ${this.#label(name)} ${what}.`, hint, this.source);
	}

	/** 'Ladder (JSON), step 5 ("d+15")' */
	#place(): string {
		const known = this.text('key') || this.text('name');
		const list = this.source === 'ladder' ? 'Ladder' : 'Ladder (JSON)';
		return `${list}, step ${this.index + 1}${known === '' ? '' : ` ("${known}")`}`;
	}

	/** A settings node may call it by its Portuguese name, and an expression translate it. */
	#label(name: StepField): string {
		const { label, portuguese } = FIELDS[name];
		if (this.source === 'ladder') return `"${label}"`;
		const typed = this.#find(name)?.typed ?? name;
		return typed === name ? `"${name}" (${portuguese[0]})` : `"${typed}"`;
	}
}

function text(value: unknown): string {
	return value === undefined || value === null ? '' : String(value).trim();
}

/** "Dias úteis" and "dias_uteis" are the same. */
function folded(word: string): string {
	return word
		.normalize('NFD')
		.replace(/[\p{M}\s_-]/gu, '')
		.toLowerCase();
}
