import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_TABLE } from '../../engine/channel/cloud-api/error-table';
import { DEFAULT_TEXTS } from '../../engine/conversation/texts';
import { DESK_EVENTS } from '../../nodes/DeskEventTrigger/desk-events';

/** Whoever meets a code, an event or a message must find it in the README with one search (X-09, X-13). */

const ROOT = join(__dirname, '../..');
const README = read('README.md');
const LEIAME = read('README.pt-BR.md');
const SOURCES = [...sourcesOf('engine'), ...sourcesOf('nodes')].map(read);

describe.each([
	['README.md', README],
	['README.pt-BR.md', LEIAME],
])('%s', (_, text) => {
	it('explains every code of Meta that the error table knows', () => {
		expect(Object.keys(ERROR_TABLE).filter((code) => !new RegExp(`\\b${code}\\b`).test(text))).toEqual([]);
	});

	it('explains every reason for not sending', () => {
		const codes = found(
			/\b(?:refuse|refusal|fillFailure)\(\s*'(\w+)'|(?:errorCode|error_code|code): '((?!text')\w+)'/g,
		);
		expect(codes.length).toBeGreaterThan(20);
		expect(codes.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
	});

	it('explains every check of Diagnose (X-13)', () => {
		const checks = found(/\b(?:fine|wrong|problem)\(\s*'(\w+)'/g, sourcesWith('diagnose'));
		expect(checks.length).toBeGreaterThan(20);
		expect(checks.filter((check) => !text.includes(`\`${check}\``))).toEqual([]);
	});

	it('explains every problem of a template to be created (C-25, C-29)', () => {
		const call =
			/\b(?:problem|draftError)\(\s*(?:'(?:name|language|header|body|footer|buttons)',\s*)?'(\w+)'|code: '(\w+)'/g;
		const problems = found(call, sourcesWith('template/draft-'));
		expect(problems.length).toBeGreaterThan(25);
		expect(problems.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
	});

	it('lists every timeline event and marks those a workflow can start with', () => {
		const events = found(
			/\bnote\(\s*turn,\s*'(\w+)'|\bnote\(turn, options\.event \?\? '(\w+)'|event: '(\w+)',\s*(?:at|text):|'((?:queue(?:Noti|Block|Unblock)|webhookPart|message(?:Un|Post))\w+)'/g,
		);
		expect(events.length).toBeGreaterThan(30);
		expect(events.filter((event) => !text.includes(`\`${event}\``))).toEqual([]);
		expect(DESK_EVENTS.map(({ value }) => String(value)).filter((event) => !text.includes(`\`${event}\` ●`))).toEqual(
			[],
		);
		const marked = [...text.matchAll(/`(\w+)` ●/g)].map(([, event]) => event);
		expect(marked.filter((event) => !DESK_EVENTS.some(({ value }) => value === event))).toEqual([]);
	});

	it('names every environment variable of the desk', () => {
		const names = found(/\b(WHATSAPP_DESK_[A-Z_]+)\b/g);
		expect(names.length).toBe(4);
		expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
	});

	it('quotes what the store says when it cannot be used', () => {
		const store = sourcesOf('engine/store').map(read);
		const messages = store.flatMap((source) =>
			[...source.matchAll(/new (?:ConfigurationError|StoreUnavailable)\(\s*(['`])(.*?)\1,/g)].map((match) => match[2]!),
		);
		expect(messages.length).toBe(6);
		const beginnings = messages.map((message) => longest(message.split(/\$\{[^}]*\}/)));
		expect(beginnings.filter((beginning) => !text.includes(beginning.trim()))).toEqual([]);
	});

	it('shows the default texts as they are', () => {
		expect(Object.values(DEFAULT_TEXTS).filter((words) => !text.includes(words))).toEqual([]);
	});

	it('points only at things that exist', () => {
		const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
			.map((match) => match[1]!)
			.filter((link) => !/^https?:/.test(link));
		const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!));
		const broken = links.filter((link) =>
			link.startsWith('#') ? !anchors.includes(link.slice(1)) : !existsSync(join(ROOT, link)),
		);
		expect(broken).toEqual([]);
	});
});

it('says the same in both languages', () => {
	const shape = (text: string) => ({
		headings: [...text.matchAll(/^#+/gm)].map(([marks]) => marks.length),
		tableRows: [...text.matchAll(/^\|/gm)].length,
		codeBlocks: [...text.matchAll(/^```json\n[\s\S]*?^```/gm)].map(([block]) => block),
	});
	expect(shape(LEIAME)).toEqual(shape(README));
});

it('keeps the pictures small', () => {
	const folder = join(ROOT, 'docs/images');
	const large = readdirSync(folder).filter((name) => statSync(join(folder, name)).size > 300_000);
	expect(large).toEqual([]);
});

function read(path: string): string {
	return readFileSync(join(ROOT, path), 'utf8');
}

function sourcesOf(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(folder, name));
}

function sourcesWith(part: string): string[] {
	return sourcesOf('engine')
		.filter((path) => path.includes(part))
		.map(read);
}

/** The first group that matched, each once. */
function found(pattern: RegExp, sources: readonly string[] = SOURCES): string[] {
	const all = sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => match.slice(1).find(Boolean)!));
	return [...new Set(all)].sort();
}

function longest(parts: string[]): string {
	return parts.reduce((best, part) => (part.length > best.length ? part : best), '');
}

/** As GitHub makes them. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s-]/gu, '')
		.trim()
		.replace(/\s/g, '-');
}
