/** Gathers what the rules need to know of some messages; what no message needs is not asked for. */
import type { Instant, MessageKind, OutboundContent, OutsideWindow } from '../model';
import type { TemplateContent } from '../model-template';
import { DEFAULT_CHANNEL_SETTINGS, loadChannelSettings, type ChannelSettings } from '../settings/channel-settings';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { Candidate } from './candidates';
import { readContactHours } from './contact-hours';
import { PRIORITIES } from './enqueue';
import { loadPlannedAt, loadReminders } from './load-reminders';
import { isStart, templateKey, type KnownTemplate, type SendingFacts } from './rules/facts';
import { isMarketing, MARKETING_LIMIT_MS } from './rules/marketing-limit';

/** What of a channel decides how its messages are judged. */
export interface ReachableChannel {
	id: string;
	/** Hours in which free text may follow the contact's last message; null = no limit. */
	serviceWindowHours: number | null;
	templates: boolean;
}

// The margin of a channel's settings is at most an hour: before that the window is open whatever they say.
export const SURELY_OPEN_MS = 23 * 3_600_000;
const FAIL: OutsideWindow = { type: 'fail' };
const KINDS = Object.fromEntries(Object.entries(PRIORITIES).map(([kind, n]) => [n, kind as MessageKind]));

/** The facts of each message, by its id. */
export async function loadFacts(
	tx: Tx,
	candidates: readonly Candidate[],
	channels: ReadonlyMap<string, ReachableChannel>,
	now: Instant,
): Promise<Map<string, SendingFacts>> {
	if (candidates.length === 0) return new Map();
	const conversations = await loadConversations(tx, candidates);
	const known = await lastInbound(
		tx,
		candidates.filter((row) => !(freshOf(row, conversations, now) !== null)),
	);
	const drafts = candidates.map((row) => {
		const conversation = (row.conversation_id && conversations.get(row.conversation_id)) || null;
		return {
			row,
			conversation,
			kind: KINDS[row.priority] ?? 'reply',
			content: JSON.parse(row.content) as OutboundContent,
			outsideWindow: row.outside_window === null ? FAIL : (JSON.parse(row.outside_window) as OutsideWindow),
			lastInboundAt: freshOf(row, conversations, now) ?? known.get(laneKey(row)) ?? null,
		};
	});
	const idle = drafts.filter((d) => d.lastInboundAt === null || now - d.lastInboundAt >= SURELY_OPEN_MS);
	const settings = await settingsOf(
		tx,
		idle.map((d) => d.row.channel_id),
	);
	const consents = await loadConsents(
		tx,
		drafts.filter((d) => d.kind !== 'reply' || (mayBeTemplate(d) && isStart(d, now))).map((d) => d.row.contact_id),
	);
	const templates = await loadTemplates(
		tx,
		drafts.flatMap(({ row, content, outsideWindow }) => {
			if (!channels.get(row.channel_id)?.templates) return [];
			if (content.type === 'template') return [{ channelId: row.channel_id, template: content }];
			return outsideWindow.type === 'template' ? [{ channelId: row.channel_id, template: outsideWindow.content }] : [];
		}),
	);
	const starts = await lastStarts(
		tx,
		idle.filter((d) => d.kind === 'campaign' && d.row.started_at === null && isStart(d, now)).map((d) => d.row),
	);
	const limits = await marketingLimits(
		tx,
		drafts
			.filter(({ row, content, outsideWindow }) => {
				const known = templates.get(row.channel_id) ?? NO_TEMPLATES;
				const other = outsideWindow.type === 'template' ? outsideWindow.content : content;
				return isMarketing({ content, templates: known }) || isMarketing({ content: other, templates: known });
			})
			.map((d) => d.row.contact_id),
		now,
	);
	const reminders = await loadReminders(tx, candidates);
	const plannedAt = await loadPlannedAt(tx, candidates);
	return new Map(
		drafts.map(({ row, conversation, ...draft }) => {
			const channel = channels.get(row.channel_id);
			const own = settings.get(row.channel_id) ?? DEFAULT_CHANNEL_SETTINGS.cloudApi;
			return [
				row.id,
				{
					...draft,
					origin: row.origin,
					purpose: row.purpose,
					askedAt: Math.min(Number(row.created_at), plannedAt.get(row.id) ?? Infinity),
					validUntil: row.valid_until === null ? null : Number(row.valid_until),
					contactHours: row.contact_hours === null ? null : readContactHours(row.contact_hours),
					reminder: reminders.get(row.id) ?? null,
					serviceWindowHours: channel?.serviceWindowHours ?? null,
					windowMarginMs: own.windowMarginSeconds * 1_000,
					conversation,
					consent: consents.get(row.contact_id) ?? null,
					channelHasTemplates: channel?.templates ?? false,
					templates: templates.get(row.channel_id) ?? NO_TEMPLATES,
					lastStartAt: starts.get(laneKey(row)) ?? null,
					marketingLimitedAt: limits.get(row.contact_id) ?? null,
					answerFirst: own.answerFirst,
					cooldownMs: own.cooldownHours * 3_600_000,
					hasPlace: row.started_at !== null,
				},
			];
		}),
	);
}

function mayBeTemplate(draft: { content: OutboundContent; outsideWindow: OutsideWindow }): boolean {
	return draft.content.type === 'template' || draft.outsideWindow.type === 'template';
}

const NO_TEMPLATES: ReadonlyMap<string, KnownTemplate> = new Map();

const laneKey = (row: { contact_id: string; channel_id: string }) => `${row.contact_id} ${row.channel_id}`;

type Conversations = Awaited<ReturnType<typeof loadConversations>>;

async function loadConversations(tx: Tx, candidates: readonly Candidate[]) {
	const wanted = [...new Set(candidates.flatMap((row) => row.conversation_id ?? []))];
	if (wanted.length === 0) return new Map<string, never>();
	const rows = await tx
		.selectFrom('conversation')
		.select(['id', 'channel_id', 'state', 'bot_paused_until', 'last_inbound_at'])
		.where(oneOf(tx, 'id', wanted))
		.execute();
	const number = (value: number | null) => (value === null ? null : Number(value));
	return new Map(
		rows.map((row) => [
			row.id,
			{
				channelId: row.channel_id,
				state: row.state,
				botPausedUntil: number(row.bot_paused_until),
				lastInboundAt: number(row.last_inbound_at),
			},
		]),
	);
}

/** When the contact wrote in the message's own conversation, if that is recent enough to decide everything by it. */
function freshOf(row: Candidate, conversations: Conversations, now: Instant): Instant | null {
	const own = row.conversation_id === null ? undefined : conversations.get(row.conversation_id);
	if (!own || own.channelId !== row.channel_id || own.lastInboundAt === null) return null;
	return now - own.lastInboundAt < SURELY_OPEN_MS ? own.lastInboundAt : null;
}

/** When each contact last wrote on each channel: the start of the service window. */
async function lastInbound(tx: Tx, candidates: readonly Candidate[]): Promise<Map<string, Instant>> {
	if (candidates.length === 0) return new Map();
	const rows = await tx
		.selectFrom('conversation')
		.select((e) => ['contact_id', 'channel_id', e.fn.max('last_inbound_at').as('at')])
		.where(oneOf(tx, 'contact_id', distinct(candidates.map((row) => row.contact_id))))
		.groupBy(['contact_id', 'channel_id'])
		.execute();
	return new Map(rows.filter((row) => row.at !== null).map((row) => [laneKey(row), Number(row.at)]));
}

function settingsOf(tx: Tx, channelIds: readonly string[]): Promise<Map<string, ChannelSettings>> {
	return channelIds.length === 0 ? Promise.resolve(new Map()) : loadChannelSettings(tx, distinct(channelIds));
}

async function loadConsents(tx: Tx, contactIds: readonly string[]) {
	if (contactIds.length === 0) return new Map<string, never>();
	const rows = await tx
		.selectFrom('consent')
		.select(['contact_id', 'opted_out_at', 'marketing_out_at'])
		.where(oneOf(tx, 'contact_id', distinct(contactIds)))
		.execute();
	return new Map(
		rows.map((row) => [row.contact_id, { optedOutAt: row.opted_out_at, marketingOutAt: row.marketing_out_at }]),
	);
}

/** The provider's templates as last seen, by channel. */
async function loadTemplates(tx: Tx, wanted: ReadonlyArray<{ channelId: string; template: TemplateContent }>) {
	const found = new Map<string, Map<string, KnownTemplate>>();
	if (wanted.length === 0) return found;
	const rows = await tx
		.selectFrom('template')
		.select(['channel_id', 'name', 'language', 'status', 'category'])
		.where(oneOf(tx, 'channel_id', distinct(wanted.map((each) => each.channelId))))
		.where(oneOf(tx, 'name', distinct(wanted.map((each) => each.template.name))))
		.execute();
	for (const row of rows) {
		const ofChannel = found.get(row.channel_id) ?? new Map<string, KnownTemplate>();
		found.set(row.channel_id, ofChannel);
		ofChannel.set(templateKey(row), { status: row.status, category: row.category as KnownTemplate['category'] });
	}
	return found;
}

/** The last start of each lane that left, as far as anybody knows. */
async function lastStarts(tx: Tx, candidates: readonly Candidate[]): Promise<Map<string, Instant>> {
	if (candidates.length === 0) return new Map();
	const rows = await tx
		.selectFrom('outbox')
		.select((e) => ['contact_id', 'channel_id', e.fn.max('started_at').as('at')])
		.where(oneOf(tx, 'contact_id', distinct(candidates.map((row) => row.contact_id))))
		.where('started_at', 'is not', null)
		.where('status', '<>', 'refused')
		.groupBy(['contact_id', 'channel_id'])
		.execute();
	return new Map(rows.map((row) => [laneKey(row), Number(row.at)]));
}

/** Meta limits marketing by person, whichever number it came from. A report is rarely later than a day after its message. */
async function marketingLimits(tx: Tx, contactIds: readonly string[], now: Instant): Promise<Map<string, Instant>> {
	if (contactIds.length === 0) return new Map();
	const rows = await tx
		.selectFrom('outbox')
		.select((e) => ['contact_id', e.fn.max('delivery_at').as('at')])
		.where(oneOf(tx, 'contact_id', distinct(contactIds)))
		.where('created_at', '>=', now - 2 * MARKETING_LIMIT_MS)
		.where('error_code', '=', '131049')
		.where('delivery', '=', 'failed')
		.groupBy('contact_id')
		.execute();
	return new Map(rows.map((row) => [row.contact_id, Number(row.at)]));
}

function distinct(values: readonly string[]): string[] {
	return [...new Set(values)];
}
