import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_TABLE } from '../../engine/channel/cloud-api/error-table';
import { DEFAULT_TEXTS } from '../../engine/conversation/texts';
import { WILDCARDS } from '../../engine/document/wildcards';
import { messageValues } from '../../engine/dunning/message-values';
import { DEFAULT_LADDER } from '../../engine/dunning/policy';
import { PAYER_FIELDS, ROW_FIELDS } from '../../engine/dunning/receivable-fields';
import { ERP_SYSTEMS } from '../../engine/erp/event';
import { PRESETS } from '../../engine/erp/presets';
import { ERP_KINDS } from '../../engine/erp/types';
import { resources as payments } from '../../nodes/BrazilPayments/resources';
import { DESK_EVENTS } from '../../nodes/DeskEventTrigger/desk-events';
import { sendOptions } from '../../nodes/shared/send-options';
import { resources } from '../../nodes/WhatsAppDesk/resources';
import { ERP_CREDENTIAL } from '../../scripts/lib/demo.mjs';
import { postedBy } from '../support/readme-commands';

/** Whoever meets a code, an event or a message must find it in the README with one search (X-09, X-13). */

const ROOT = join(__dirname, '../..');
const FIXTURES = 'test/fixtures/erp';
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
			/\bnote\(\s*turn,\s*'(\w+)'|\bnote\(turn, options\.event \?\? '(\w+)'|event: '(\w+)',\s*(?:at|text)\b|\btell\(\s*'(\w+)'|'((?:queue(?:Noti|Block|Unblock)|webhookPart|message(?:Un|Post))\w+)'/g,
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
		expect(names.length).toBe(5);
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

	it('names every node, every resource with its operations, and every option of sending', () => {
		const nodes = sourcesOf('nodes')
			.filter((path) => path.endsWith('.node.ts'))
			.map((path) => /displayName: '([^']+)',\s*name:/.exec(read(path))![1]!);
		expect(nodes.length).toBeGreaterThan(10);
		expect(nodes.filter((name) => rowOf(text, `**${name}**`) === '')).toEqual([]);
		const missing = resources.flatMap(({ name, operations }) =>
			operations.filter((each) => !rowOf(text, name).includes(each.name)).map((each) => `${name}: ${each.name}`),
		);
		expect(missing).toEqual([]);
		const examples = payments.flatMap(({ name, operations }) => operations.map((each) => `${name}: ${each.name}`));
		expect(examples.filter((each) => rowOf(text, each) === '')).toEqual([]);
		const rows = [...text.matchAll(/^\| ([A-Z][^|]*) \|/gm)].flatMap(([, first]) => first!.split(' · '));
		expect(Object.values(sendOptions).filter(({ displayName }) => !rows.includes(displayName))).toEqual([]);
	});

	it('says of every system that calls how it proves itself (V-01)', () => {
		const unsaid = ERP_SYSTEMS.filter((system) => {
			const row = [...text.matchAll(/^\| \*\*.+$/gm)]
				.map(([found]) => found)
				.find((each) => each.includes(`\`${system}\``));
			const nothing = { headers: {}, query: {}, body: Buffer.from('{}') };
			const check = PRESETS[system].check(nothing, { secret: 'segredo', account: '' });
			const wants = check.ok ? null : /\?token=|header ([\w-]+)/.exec(check.reason);
			return !row || !wants || !row.toLowerCase().includes(wants[1] ?? wants[0]);
		});
		expect(unsaid).toEqual([]);
		expect(ERP_KINDS.filter((kind) => !text.includes(`\`${kind}\``))).toEqual([]);
	});

	it('has a command for every sample body, and its sender is believed', () => {
		const posted = shellBlocks(text).flatMap((block) => postedBy(block, ROOT));
		const outcomes = posted.map(({ file, path, request }) => {
			const system = systemAt(path);
			const check = PRESETS[system].check(request, ERP_CREDENTIAL.data);
			const reading = PRESETS[system].read(request, {}, 0);
			const told = reading.type === 'read' && reading.facts.some(({ type }) => type === 'event');
			return { file, check, told };
		});
		expect(outcomes.filter(({ check, told }) => !check.ok || !told)).toEqual([]);
		const bodies = readdirSync(join(ROOT, FIXTURES)).filter((name) => name.endsWith('.json'));
		const files = outcomes.map(({ file }) => file);
		expect(bodies.length).toBe(13);
		expect(bodies.filter((name) => !files.includes(join(FIXTURES, name)))).toEqual([]);
	});

	it('explains every decision of the planner, and everything that goes into it and into its words', () => {
		const codes = [...union('SkipCode'), ...union('HumanCode'), ...union('ReminderIntent'), ...union('TicketOutcome')];
		expect(codes.length).toBeGreaterThan(35);
		expect(codes.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
		const steps = DEFAULT_LADDER.map(({ key, template }) => [key, template]);
		expect(steps.filter(([key, template]) => !rowWith(text, `\`${key}\``).includes(template ?? key!))).toEqual([]);
		const fields = [...Object.keys(ROW_FIELDS), ...Object.keys(PAYER_FIELDS).map((name) => `.${name}`)];
		expect(fields.filter((name) => !new RegExp(`\`(payer)?${name.replace('.', '\\.')}\``).test(text))).toEqual([]);
		expect(valuesOfReminders().filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
		const options = found(/^\t(\w+): '\w+',$/gm, [read('engine/dunning/reminder-answers.ts')]);
		expect(options.length).toBe(7);
		expect(options.filter((option) => !text.includes(`\`regua:${option}\``))).toEqual([]);
	});

	it('lists every wildcard of documents (C-03)', () => {
		expect(WILDCARDS.length).toBeGreaterThan(30);
		expect(WILDCARDS.filter(({ name }) => !text.includes(`\`${name}\``))).toEqual([]);
	});

	it('names every workflow that is shipped', () => {
		const files = readdirSync(join(ROOT, 'workflows')).filter((name) => name.endsWith('.json'));
		expect(files.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
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

/** The members of a union of texts, wherever it is. */
function union(name: string): string[] {
	const body = SOURCES.flatMap((source) => new RegExp(`export type ${name} =([^;]+);`).exec(source)?.[1] ?? []);
	return found(/'(\w+)'/g, body);
}

/** The rows of tables that begin with this; '' = there is none. */
function rowOf(text: string, first: string): string {
	const rows = text.split('\n').filter((line) => line.startsWith(`| ${first} |`));
	return rows.join('\n');
}

function rowWith(text: string, part: string): string {
	return text.split('\n').find((line) => line.startsWith('|') && line.includes(part)) ?? '';
}

/** Commands that post something, without their place in a list. */
function shellBlocks(text: string): string[] {
	const blocks = [...text.matchAll(/^( *)```sh\n([\s\S]*?)^ *```/gm)];
	return blocks
		.map(([, indent, block]) => block!.replaceAll(`\n${indent}`, '\n'))
		.filter((block) => /\bcurl\b/.test(block));
}

/** Which system the shipped workflows expect behind this address. */
function systemAt(path: string): (typeof ERP_SYSTEMS)[number] {
	const [, id] = /^\/webhook\/([\w-]+)\/erp(?:\/pix)?$/.exec(path) ?? [];
	const nodes = readdirSync(join(ROOT, 'workflows')).flatMap(
		(name) => (JSON.parse(read(join('workflows', name))) as { nodes: WorkflowNode[] }).nodes,
	);
	return nodes.find(({ webhookId, type }) => webhookId === id && type.endsWith('.erpEventTrigger'))!.parameters.system;
}

interface WorkflowNode {
	type: string;
	webhookId?: string;
	parameters: { system: (typeof ERP_SYSTEMS)[number] };
}

/** What a template or text may name: of a reminder without anything in it. */
function valuesOfReminders(): string[] {
	const [step] = DEFAULT_LADDER;
	const nobody = { key: '', name: '', document: null, phone: null, uf: null, segment: null };
	const sendNow = { payer: nobody, step, invoices: [], totalCents: 0, plan: { day: '2026-03-10' } };
	return Object.keys(messageValues(sendNow as never, { name: '', document: '', address: '' }));
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
