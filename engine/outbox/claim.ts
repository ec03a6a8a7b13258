import type { Instant, OutboundContent, OutsideWindow } from '../model';
import type { Store, Tx } from '../store/open-store';
import { updateMany } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import type { UsageMark } from '../usage/add-usage';
import { channelsWithWaitingStarts, dueInLine, dueStarts, wakePlanned, type Candidate } from './candidates';
import { decide, lineOfRest, lineOfSending, settledOf, type Judged, type Resting, type Sending } from './decide';
import { loadFacts, SURELY_OPEN_MS, type ReachableChannel } from './load-facts';
import { releaseWhoWrote } from './release';
import { judge } from './rules/judge';
import { contentOnChannel } from './rules/template-on-channel';
import type { Settled } from './settlements';
import { StartsLedger, type StartNews } from './starts-ledger';
import { WAITS } from './unfinished';
import { usageOfRefused } from './usage-of-sending';

/** A message whose turn it is: the first of its lane, found fit to leave and marked as being sent. */
export interface Claimed {
	id: string;
	channelId: string;
	contactId: string;
	conversationId: string | null;
	address: string;
	/** As this channel sends it. */
	content: OutboundContent;
	/** What to do should the provider say that the window has closed. */
	outsideWindow: OutsideWindow;
	quotedProviderMessageId: string | null;
	attempts: number;
	createdAt: Instant;
	claimedAt: Instant;
	/** When it was counted as a start; null = it is none. */
	startedAt: Instant | null;
	/** What is done differently from what was asked. */
	hint: string | null;
}

export interface ClaimRequest {
	/** Those this process can reach; the first is served first. */
	channels: readonly ReachableChannel[];
	claimedBy: string;
	/** At most so many to send. */
	limit: number;
	now: Instant;
	/** In [0, 1): chooses the pauses between starts. */
	random: () => number;
	/** Also look at what is planned and at starts that wait; a process does so about once a second. */
	lookAtWaiting: boolean;
	/** What became of starts, to be counted in the same transaction. */
	news?: readonly StartNews[];
}

export interface Claim {
	claimed: Claimed[];
	/** What was judged and does not leave now: refused, held or postponed. */
	settled: Settled[];
	lines: TimelineLine[];
	usage: UsageMark[];
	/** Whether more may be due at once. */
	more: boolean;
}

/**
 * Claims due messages. Each is judged in the transaction that marks it as being sent, so that nothing leaves on facts that were
 * true a moment ago. What may not leave is refused, held until the contact writes, or postponed, with its reason told once.
 */
export async function claimDue(tx: Tx, dialect: Store['dialect'], request: ClaimRequest): Promise<Claim> {
	const { now, limit, random, lookAtWaiting, news = [] } = request;
	const channels = new Map(request.channels.map((channel) => [channel.id, channel]));
	const ids = [...channels.keys()];
	const judgeAll = async (rows: readonly Candidate[]): Promise<Judged[]> => {
		const facts = await loadFacts(tx, rows, channels, now);
		return rows.map((row) => ({ row, judgement: judge(facts.get(row.id)!, now) }));
	};

	const woken = lookAtWaiting && limit > 0 && (await wakePlanned(tx, dialect, ids, now));
	const line: Candidate[] = [];
	for (const id of ids) {
		if (line.length >= limit) break;
		line.push(...(await dueInLine(tx, dialect, id, limit - line.length, now)));
	}
	let judged = await judgeAll(line);

	const startingIn = [...new Set(judged.filter(needsPlace).map(({ row }) => row.channel_id))];
	const waitingIn = limit > 0 ? await channelsWithWaitingStarts(tx, lookAtWaiting ? ids : startingIn) : [];
	const ledger = await StartsLedger.open(
		tx,
		dialect,
		[...startingIn, ...waitingIn, ...news.map((n) => n.channelId)],
		now,
	);
	for (const each of news) ledger.note(each);
	let more = woken || (limit > 0 && line.length >= limit);
	for (const id of waitingIn) {
		const room = Math.min(ledger.room(id), limit);
		if (room === 0) continue;
		const waiting = await dueStarts(tx, dialect, id, room);
		if (waiting.length === room) more = true;
		judged.push(...(await judgeAll(firstOfLanes(waiting))));
		// Most urgent first, then oldest: what waited longest gets the places.
		judged = judged.sort((a, b) => a.row.priority - b.row.priority || a.row.seq - b.row.seq);
	}

	const sending: Sending[] = [];
	const resting: Resting[] = [];
	for (const each of judged) {
		if (each.judgement.type === 'send' && sending.length >= limit) continue;
		const decision = decide(each, () => ledger.admit(each.row.channel_id, random()), now);
		if (decision?.type === 'send') sending.push(decision);
		else if (decision) resting.push(decision);
	}
	await markSending(tx, sending, request);
	await markResting(tx, resting, now);
	const held = resting.flatMap((each) => heldBy(each, now));
	if ((await releaseWhoWrote(tx, dialect, held)) > 0) more = true;
	await ledger.save();
	return {
		claimed: sending.map((each) => claimedOf(each, channels, now)),
		settled: resting.map((each) => settledOf(each, now)),
		lines: [
			...sending.flatMap((each) => lineOfSending(each, now) ?? []),
			...resting.map((each) => lineOfRest(each, now)),
			...ledger.lines,
		],
		usage: usageOfRefused(
			resting.filter(({ status }) => status === 'refused').map(({ row }) => row.channel_id),
			now,
		),
		more,
	};
}

function needsPlace({ judgement }: Judged): boolean {
	return judgement.type === 'send' && judgement.needsPlace;
}

/** Several that wait may be of one lane, which moves one at a time. */
function firstOfLanes(rows: readonly Candidate[]): Candidate[] {
	const first = new Map<string, Candidate>();
	for (const row of rows) if (!first.has(row.contact_id)) first.set(row.contact_id, row);
	return [...first.values()];
}

async function markSending(tx: Tx, sending: readonly Sending[], { claimedBy, now }: ClaimRequest): Promise<void> {
	await updateMany(
		tx,
		'outbox',
		sending.map(({ row, startedAt }) => ({
			id: row.id,
			status: 'sending',
			waits: WAITS.forNothing,
			claimed_at: now,
			claimed_by: claimedBy,
			attempts: row.attempts + 1,
			started_at: startedAt,
		})),
	);
	// What is sent is what is kept: a later look must find the template, not the text nobody received.
	await updateMany(
		tx,
		'outbox',
		sending
			.filter((each) => each.isReplaced)
			.map(({ row, content, hint }) => ({
				id: row.id,
				content: JSON.stringify(content),
				category: content.type === 'template' ? content.category : null,
				hint,
			})),
	);
}

async function markResting(tx: Tx, resting: readonly Resting[], now: Instant): Promise<void> {
	await updateMany(
		tx,
		'outbox',
		resting.map(({ row, status, waits, notBefore, code, text }) => ({
			id: row.id,
			status,
			waits,
			not_before: notBefore,
			error_code: code,
			explanation: text,
			finished_at: status === 'refused' ? now : null,
		})),
	);
}

/** Judged before the contact wrote, and held after that was stored: nobody else would look at it. */
function heldBy({ row, status }: Resting, now: Instant) {
	return status === 'held'
		? [{ contactId: row.contact_id, channelId: row.channel_id, since: now - SURELY_OPEN_MS + 1 }]
		: [];
}

function claimedOf(
	{ row, content, hint, startedAt }: Sending,
	channels: ReadonlyMap<string, ReachableChannel>,
	now: Instant,
): Claimed {
	const plan = row.outside_window;
	return {
		id: row.id,
		channelId: row.channel_id,
		contactId: row.contact_id,
		conversationId: row.conversation_id,
		address: row.address,
		content: contentOnChannel(content, channels.get(row.channel_id)!.templates),
		outsideWindow: plan === null ? { type: 'fail' } : (JSON.parse(plan) as OutsideWindow),
		quotedProviderMessageId: row.quoted_provider_message_id,
		attempts: row.attempts + 1,
		createdAt: Number(row.created_at),
		claimedAt: now,
		startedAt,
		hint,
	};
}
