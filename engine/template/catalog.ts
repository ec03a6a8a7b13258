/**
 * Which templates does a number have (M-25)? Read from our table, which is refreshed from the provider when it is older than
 * the caller accepts. A provider that cannot be reached costs nobody the list: the stored one is given, with its age.
 */
import type { Channel } from '../channel/port';
import type { Instant } from '../model';
import type { Template } from '../model-template';
import type { Store } from '../store/open-store';
import { appendTimeline } from '../timeline/timeline';
import { changeLines } from './change-lines';
import { listReadAt, loadTemplates, markListRead, removeTemplates, saveTemplates, type StoredTemplate } from './rows';

/** A number and how to reach it; `channel` is undefined where its credential was not shown in this process. */
export interface TemplateDesk {
	store: Store;
	channelId: string;
	channel: Channel | undefined;
	now: Instant;
}

export interface TemplateList {
	/** By name, then language. */
	templates: Template[];
	/** When they were read from the provider; null = never. */
	fetchedAt: Instant | null;
	/** Portuguese: why they could not be read anew although they should have been; null when they are recent enough. */
	notRefreshed: string | null;
}

/** `template` is null when the number has none of that name and language. */
export interface FoundTemplate extends Omit<TemplateList, 'templates'> {
	template: Template | null;
}

const DEFAULT_MAX_AGE_MS = 10 * 60_000;
/** What is not there, or not approved, is looked for again after this: it may have been approved a moment ago. */
const RECHECK_MS = 60_000;
/** A provider that just failed is not asked again by each of a thousand items. */
const REST_AFTER_FAILURE_MS = 15_000;

export async function listTemplates(desk: TemplateDesk, maxAgeMs = DEFAULT_MAX_AGE_MS): Promise<TemplateList> {
	const notRefreshed = await refreshIfOlder(desk, maxAgeMs);
	const { templates, fetchedAt } = await stored(desk);
	return { templates, fetchedAt, notRefreshed };
}

export async function findTemplate(
	desk: TemplateDesk,
	name: string,
	language: string,
	maxAgeMs = DEFAULT_MAX_AGE_MS,
): Promise<FoundTemplate> {
	const only = { name, language: language.replace('-', '_') };
	let notRefreshed = await refreshIfOlder(desk, maxAgeMs);
	let found = await stored(desk, only);
	if (found.templates[0]?.status !== 'approved' && maxAgeMs > RECHECK_MS) {
		notRefreshed = await refreshIfOlder(desk, RECHECK_MS);
		found = await stored(desk, only);
	}
	return { template: found.templates[0] ?? null, fetchedAt: found.fetchedAt, notRefreshed };
}

async function stored({ store, channelId }: TemplateDesk, only?: { name: string; language: string }) {
	return store.read(async (db) => {
		const rows = await loadTemplates(db, channelId, only);
		const read = await listReadAt(db, channelId);
		// Databases sort an underscore each in their own way.
		const templates = rows.map(({ template }) => template).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
		return { templates, fetchedAt: read?.at ?? null };
	});
}

interface Refreshing {
	underWay: Promise<string | null> | null;
	/** With which credential: another one is tried at once. */
	failed: { at: Instant; why: string; channel: Channel } | null;
}

/** By store and channel: callers that come together share one reading. */
const refreshing = new WeakMap<Store, Map<string, Refreshing>>();

/** @returns null when the list is recent enough now, else why it could not be read */
async function refreshIfOlder(desk: TemplateDesk, maxAgeMs: number): Promise<string | null> {
	const { store, channelId, channel, now } = desk;
	// Channels that know no templates keep their own: there is nothing to refresh from.
	if (channel && !channel.templates) return null;
	const read = await store.read((db) => listReadAt(db, channelId));
	if (read && !read.stale && now - read.at <= maxAgeMs && maxAgeMs > 0) return null;
	if (!channel) return 'A credencial deste número ainda não foi usada aqui; a lista é a última que foi lida.';

	const byChannel = refreshing.get(store) ?? new Map<string, Refreshing>();
	refreshing.set(store, byChannel);
	const state = byChannel.get(channelId) ?? { underWay: null, failed: null };
	byChannel.set(channelId, state);
	const { failed } = state;
	if (failed?.channel === channel && maxAgeMs > 0 && Math.abs(now - failed.at) < REST_AFTER_FAILURE_MS) {
		return failed.why;
	}
	state.underWay ??= refresh(desk).finally(() => (state.underWay = null));
	const why = await state.underWay;
	state.failed = why === null ? null : { at: now, why, channel };
	return why;
}

/** Reads everything and makes the table the same; what changed behind our back is told on the timeline. */
async function refresh({ store, channelId, channel, now }: TemplateDesk): Promise<string | null> {
	const answer = await channel!.templates!.list();
	if (answer.type === 'refused') return answer.explanation;
	if (answer.type === 'failed') return answer.reason;
	const templates = answer.value;
	await store.transaction(async (tx) => {
		const before = await loadTemplates(tx, channelId);
		const there = new Set(templates.map(keyOf));
		const gone = before.map(({ template }) => template).filter((template) => !there.has(keyOf(template)));
		await removeTemplates(tx, channelId, gone);
		await saveTemplates(tx, channelId, withKnownReasons(templates, before), now);
		await markListRead(tx, channelId, now);
		await appendTimeline(tx, store.dialect, changeLines(channelId, before, templates, now));
	});
	return null;
}

/** A webhook explains a rejection in more words than the list does. */
function withKnownReasons(templates: readonly Template[], before: readonly StoredTemplate[]): Template[] {
	const known = new Map(before.map(({ template }) => [keyOf(template), template]));
	return templates.map((template) => {
		const old = known.get(keyOf(template));
		return old?.reason && old.status === template.status ? { ...template, reason: old.reason } : template;
	});
}

function keyOf({ name, language }: Pick<Template, 'name' | 'language'>): string {
	return `${name} ${language}`;
}
