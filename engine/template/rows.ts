/** How are templates kept in the store? One row per channel, name and language, as last seen at the provider. */
import type { Instant } from '../model';
import type { Template, TemplateParts } from '../model-template';
import type { Db, Tx } from '../store/open-store';
import type { Database } from '../store/schema';
import { insertMany } from '../store/sql';

export interface StoredTemplate {
	template: Template;
	updatedAt: Instant;
	editedAt: Instant | null;
}

export async function loadTemplates(
	db: Db | Tx,
	channelId: string,
	only: { name?: string; language?: string } = {},
): Promise<StoredTemplate[]> {
	let query = db.selectFrom('template').selectAll().where('channel_id', '=', channelId);
	if (only.name !== undefined) query = query.where('name', '=', only.name);
	if (only.language !== undefined) query = query.where('language', '=', only.language);
	return (await query.execute()).map(toStored);
}

/** Writes what the provider says; when it was last edited here stays, unless given. */
export async function saveTemplates(
	tx: Tx,
	channelId: string,
	templates: readonly Template[],
	now: Instant,
	editedAt: Instant | null = null,
): Promise<void> {
	const keep = editedAt === null ? '"template"."edited_at"' : 'excluded."edited_at"';
	await insertMany(
		tx,
		'template',
		templates.map((template) => ({
			channel_id: channelId,
			name: template.name,
			language: template.language,
			provider_id: template.id,
			category: template.category,
			status: template.status,
			quality: template.quality,
			reason: template.reason,
			parts: JSON.stringify(partsOf(template)),
			updated_at: now,
			edited_at: editedAt,
		})),
		`on conflict (channel_id, name, language) do update set ${REFRESHED.map((c) => `"${c}" = excluded."${c}"`).join(', ')}, "edited_at" = ${keep}`,
	);
}

export async function removeTemplates(
	tx: Tx,
	channelId: string,
	which: ReadonlyArray<Pick<Template, 'name' | 'language'>>,
): Promise<void> {
	for (const { name, language } of which) {
		await tx
			.deleteFrom('template')
			.where('channel_id', '=', channelId)
			.where('name', '=', name)
			.where('language', '=', language)
			.execute();
	}
}

/** When the whole list was last read; `stale`: news since then asks for reading it again. */
export async function listReadAt(db: Db | Tx, channelId: string): Promise<{ at: Instant; stale: boolean } | null> {
	const row = await db.selectFrom('template_list').selectAll().where('channel_id', '=', channelId).executeTakeFirst();
	return row ? { at: Number(row.fetched_at), stale: row.stale === 1 } : null;
}

export async function markListRead(tx: Tx, channelId: string, now: Instant): Promise<void> {
	await tx
		.insertInto('template_list')
		.values({ channel_id: channelId, fetched_at: now, stale: 0 })
		.onConflict((c) => c.column('channel_id').doUpdateSet({ fetched_at: now, stale: 0 }))
		.execute();
}

export async function markListStale(tx: Tx, channelIds: readonly string[]): Promise<void> {
	for (const id of channelIds) {
		await tx.updateTable('template_list').set({ stale: 1 }).where('channel_id', '=', id).execute();
	}
}

const REFRESHED = ['provider_id', 'category', 'status', 'quality', 'reason', 'parts', 'updated_at'];

export function toStored(row: Database['template']): StoredTemplate {
	return {
		template: {
			id: row.provider_id,
			name: row.name,
			language: row.language,
			category: row.category as Template['category'],
			status: row.status as Template['status'],
			quality: row.quality as Template['quality'],
			reason: row.reason,
			...(JSON.parse(row.parts) as TemplateParts),
		},
		updatedAt: Number(row.updated_at),
		editedAt: row.edited_at === null ? null : Number(row.edited_at),
	};
}

function partsOf({ parameterFormat, header, body, footer, buttons, unsupported }: Template): TemplateParts {
	return { parameterFormat, header, body, footer, buttons, ...(unsupported?.length ? { unsupported } : {}) };
}
