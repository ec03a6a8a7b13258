/**
 * Keeps our table and the timeline in step with what a provider tells about templates. News may come twice, late or out of
 * order: each is told once, and what is older than our knowledge changes nothing but asks for a new reading of the list.
 */
import { readTemplateNews, type TemplateNews } from '../channel/cloud-api/template-news';
import type { AccountEvent } from '../model';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import {
	announcementLine,
	isReturn,
	categoryLine,
	contentLine,
	flaggedLine,
	qualityLine,
	statusLine,
} from './change-lines';
import { markListStale, toStored, type StoredTemplate } from './rows';

export interface ReceivedNews {
	channelId: string;
	event: AccountEvent;
	/** Under which the news is told once. */
	key: string;
}

/** Applies news in their order; @returns their timeline lines, which replace the general line of the same key. */
export async function followTemplateNews(tx: Tx, received: readonly ReceivedNews[]): Promise<TimelineLine[]> {
	const all = received.flatMap(({ channelId, event, key }) => {
		const news = readTemplateNews(event);
		return news ? [{ channelId, news, key }] : [];
	});
	if (all.length === 0) return [];
	const told = await keysTold(
		tx,
		all.map(({ key }) => key),
	);
	const lines: TimelineLine[] = [];
	for (const { channelId, news, key } of all) {
		if (told.has(key)) {
			await doubt(tx, channelId, news);
			continue;
		}
		told.add(key);
		const line = await follow(tx, channelId, news);
		if (line) lines.push({ ...line, key });
	}
	return lines;
}

/** The clocks of Meta count whole seconds: news of the same second is news. */
const SECOND_MS = 1_000;

/** The same news twice within a second, with others in between, cannot be told from a repetition: the list is read again. */
async function doubt(tx: Tx, channelId: string, { id, name, language, change }: TemplateNews): Promise<void> {
	if (change.type !== 'status') return;
	const rows = await rowsOf(tx, channelId, { id, name, language });
	if (rows.some(({ template }) => template.status !== change.status)) await markListStale(tx, [channelId]);
}

/** @returns null when we knew it already, or know better: then the general line tells it */
async function follow(tx: Tx, channelId: string, news: TemplateNews): Promise<TimelineLine | null> {
	const rows = await rowsOf(tx, channelId, news);
	const own = rows.find((row) => row.channelId === channelId) ?? rows[0];
	const { change, at } = news;
	if (change.type === 'content' || !own)
		await markListStale(tx, [...new Set([channelId, ...rows.map((r) => r.channelId)])]);
	const late = own !== undefined && at + SECOND_MS <= own.updatedAt;
	if (late) await markListStale(tx, [channelId]);
	const known = own?.template;

	switch (change.type) {
		case 'content':
			return contentLine(channelId, news, at);
		case 'quality':
			if (late) return null;
			await update(tx, rows, { quality: change.to }, at);
			return qualityLine(channelId, news, change.from, change.to, at);
		case 'category':
			if (change.announced) return announcementLine(channelId, news, change.from, change.to, at);
			if (late || known?.category === change.to) return null;
			await update(tx, rows, { category: change.to }, at);
			return categoryLine(channelId, news, change.from, change.to, at);
		case 'status':
			if (change.flagged) return flaggedLine(channelId, news, at);
			// What creating, or a reading of the list, has told already.
			if (late || (known?.status === change.status && !change.reinstated)) return null;
			// We deleted it ourselves, and told it.
			if (!known && change.status === 'deleted') return null;
			await update(tx, rows, { status: change.status, reason: change.reason }, at);
			return statusLine(
				channelId,
				news,
				change.status,
				{ ...change, reinstated: change.reinstated || isReturn(known?.status, change.status) },
				at,
			);
	}
}

interface OwnedTemplate extends StoredTemplate {
	channelId: string;
}

/** Numbers of one account share its templates; the provider's id finds it under each of them. */
async function rowsOf(
	tx: Tx,
	channelId: string,
	{ id, name, language }: Pick<TemplateNews, 'id' | 'name' | 'language'>,
): Promise<OwnedTemplate[]> {
	const rows = await tx
		.selectFrom('template')
		.selectAll()
		.where((is) =>
			is.or([
				is.and([is('channel_id', '=', channelId), is('name', '=', name), is('language', '=', language)]),
				...(id === null ? [] : [is('provider_id', '=', id)]),
			]),
		)
		.execute();
	return rows.map((row) => ({ ...toStored(row), channelId: row.channel_id }));
}

async function update(
	tx: Tx,
	rows: readonly OwnedTemplate[],
	values: { status?: string; reason?: string | null; quality?: string; category?: string },
	at: number,
): Promise<void> {
	for (const { channelId, template, updatedAt } of rows) {
		await tx
			.updateTable('template')
			.set({ ...values, updated_at: Math.max(at, updatedAt) })
			.where('channel_id', '=', channelId)
			.where('name', '=', template.name)
			.where('language', '=', template.language)
			.execute();
	}
}

async function keysTold(tx: Tx, keys: readonly string[]): Promise<Set<string>> {
	const rows = await tx
		.selectFrom('timeline')
		.select('key')
		.where(oneOf(tx, 'key', [...new Set(keys)]))
		.execute();
	return new Set(rows.map(({ key }) => key!));
}
