/** What does a document say with these facts? Words and values only; how it looks is pdf.ts. Values are never read as templates. */
import { renderText, wildcardName } from '../text';
import type { DocumentBlock, DocumentContent } from './content';
import type { DocumentFacts } from './facts';
import { findWildcard, valuesOf } from './wildcards';

/** A piece of text in one weight. */
export interface Run {
	text: string;
	bold: boolean;
}

export type FilledBlock =
	| { type: 'title' | 'heading' | 'paragraph' | 'highlight'; runs: Run[] }
	| { type: 'titles' | 'instalments' }
	| { type: 'facts'; rows: Array<{ name: string; runs: Run[] }> }
	/** Each: the lines under one signature. */
	| { type: 'signatures'; signers: Run[][][] };

export interface FilledDocument {
	title: string;
	blocks: FilledBlock[];
	footer: string;
}

export type FillResult =
	| { ok: true; document: FilledDocument }
	/** Wildcards as written: those nobody knows, and known ones without a value here. Each once. */
	| { ok: false; unknown: string[]; missing: string[] };

/** In `facts` and `signatures` a line whose wildcards have no value is left out; anywhere else it is told. */
export function fillContent(content: DocumentContent, facts: DocumentFacts): FillResult {
	const filler = new Filler(content, facts);
	const blocks = content.blocks.flatMap((block) => filler.block(block));
	const footer = filler.plain(content.footer);
	if (filler.unknown.size > 0 || filler.missing.size > 0) {
		return { ok: false, unknown: [...filler.unknown], missing: [...filler.missing] };
	}
	const [title = ''] = blocks.flatMap((block) => (block.type === 'title' ? [wordsOf(block.runs)] : []));
	return { ok: true, document: { title, blocks, footer } };
}

class Filler {
	readonly unknown = new Set<string>();
	readonly missing = new Set<string>();
	readonly #values: Record<string, string>;
	readonly #own: Set<string>;

	constructor(content: DocumentContent, facts: DocumentFacts) {
		this.#values = valuesOf(facts);
		this.#own = new Set([...content.fields, ...Object.keys(facts.fields)].map(wildcardName));
	}

	block(block: DocumentBlock): FilledBlock[] {
		const { when, unless } = block;
		const wanted = [when === undefined || this.#has(when), unless === undefined || !this.#has(unless)];
		if (wanted.includes(false)) {
			// A mistake in it would show up on the day the block is needed.
			for (const text of textsOf(block)) this.#fill(text);
			return [];
		}
		if (block.table !== undefined) return [{ type: block.table === 'titulos' ? 'titles' : 'instalments' }];
		if (block.facts !== undefined) return this.#facts(block.facts);
		if (block.signatures !== undefined) return this.#signatures(block.signatures);
		for (const type of ['title', 'heading', 'paragraph', 'highlight'] as const) {
			if (block[type] !== undefined) return [{ type, runs: this.#told(block[type]) }];
		}
		return [];
	}

	plain(text: string): string {
		return wordsOf(this.#told(text));
	}

	#facts(rows: ReadonlyArray<readonly [string, string]>): FilledBlock[] {
		const filled = rows.flatMap(([name, text]) => {
			const runs = this.#ifThere(text);
			return runs === null ? [] : [{ name: this.plain(name), runs }];
		});
		return filled.length > 0 ? [{ type: 'facts', rows: filled }] : [];
	}

	#signatures(texts: readonly string[]): FilledBlock[] {
		const signers = texts.map((text) =>
			text
				.split('\n')
				.map((line) => this.#ifThere(line))
				.filter((runs) => runs !== null),
		);
		return [{ type: 'signatures', signers: signers.filter((lines) => lines.length > 0) }];
	}

	/** A condition on a wildcard nobody knows is a mistake of the template, and told. */
	#has(name: string): boolean {
		const bare = name.replace(/^[#[]+|[#\]]+$/g, '');
		if (!findWildcard(bare) && !this.#own.has(wildcardName(bare))) this.unknown.add(name);
		return this.#values[wildcardName(bare)] !== undefined;
	}

	#told(text: string): Run[] {
		const { runs, without } = this.#fill(text);
		for (const written of without) this.missing.add(written);
		return runs;
	}

	#ifThere(text: string): Run[] | null {
		const { runs, without } = this.#fill(text);
		return without.length > 0 ? null : runs;
	}

	#fill(text: string): { runs: Run[]; without: string[] } {
		const without: string[] = [];
		const runs = weights(text).map(({ text: piece, bold }) => {
			const { text: filled, unknown } = renderText(piece, this.#values);
			for (const written of unknown) {
				const name = written.replace(/^(\{\{|\[|#)|(\}\}|\]|#)$/g, '');
				if (findWildcard(name) || this.#own.has(wildcardName(name))) without.push(written);
				else this.unknown.add(written);
			}
			return { text: filled, bold };
		});
		return { runs, without };
	}
}

/** "a *b* c" → a, b in bold, c. Taken apart before values go in: an asterisk in a name stays one. */
function weights(text: string): Run[] {
	return text
		.split(/(\*[^*\n]+\*)/)
		.filter((piece) => piece !== '')
		.map((piece) =>
			/^\*[^*\n]+\*$/.test(piece) ? { text: piece.slice(1, -1), bold: true } : { text: piece, bold: false },
		);
}

function textsOf({ title, heading, paragraph, highlight, facts = [], signatures = [] }: DocumentBlock): string[] {
	const plain = [title, heading, paragraph, highlight].filter((text) => text !== undefined);
	return [...plain, ...facts.map(([, text]) => text), ...signatures];
}

function wordsOf(runs: readonly Run[]): string {
	return runs.map(({ text }) => text).join('');
}
