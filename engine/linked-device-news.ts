/**
 * What is told of a linked device: lines of the timeline, and whether its number can send at all, once per outage, as for every
 * other number (outbox/channel-alarm).
 */
import { phoneDigitsOf } from './channel/linked-device/jids';
import type { SessionNews } from './channel/linked-device/session-news';
import type { SessionRow } from './channel/linked-device/session-rows';
import type { Instant } from './model';
import type { SessionProblem } from './model-linked-device';
import { formatPhone } from './phone';
import type { Store, Tx } from './store/open-store';
import { appendTimeline, type TimelineLine } from './timeline/timeline';

/** In the transaction that changes the session. */
export async function tellSessionNews(
	tx: Tx,
	dialect: Store['dialect'],
	row: SessionRow,
	news: readonly SessionNews[],
	now: Instant,
): Promise<void> {
	const lines: TimelineLine[] = [];
	for (const one of news) lines.push(...(await linesOf(tx, row, one, now)));
	await appendTimeline(tx, dialect, lines);
}

/** Nobody expects a number to send that was deactivated on purpose: its outage ends without a word. */
export async function endOutage(tx: Tx, channelId: string): Promise<{ since: Instant; code: string | null } | null> {
	const channel = await tx
		.selectFrom('channel')
		.select(['down_at', 'down_code'])
		.where('id', '=', channelId)
		.executeTakeFirst();
	if (!channel || channel.down_at === null) return null;
	const { numUpdatedRows } = await tx
		.updateTable('channel')
		.set({ down_at: null, down_code: null })
		.where('id', '=', channelId)
		.where('down_at', '=', channel.down_at)
		.executeTakeFirst();
	return Number(numUpdatedRows) > 0 ? { since: Number(channel.down_at), code: channel.down_code } : null;
}

async function linesOf(tx: Tx, row: SessionRow, news: SessionNews, now: Instant): Promise<TimelineLine[]> {
	const { channelId } = row;
	const line = (event: string, text: string, data: object = {}): TimelineLine => ({
		...{ event, text, at: now, channelId },
		data: { session: channelId.slice(channelId.indexOf(':') + 1), ...data },
	});
	switch (news.type) {
		case 'linked':
			return [line('linkedDeviceLinked', `O número ${shown(news.phone)} foi conectado por QR Code ou código.`)];
		case 'connected': {
			await tellChannel(tx, row);
			const outage = await endOutage(tx, channelId);
			if (!outage) return [];
			const text = `O número voltou a enviar e receber, depois de ${duration(now - outage.since)} parado.`;
			return [line('channelUp', text, { code: outage.code, downSince: new Date(outage.since).toISOString() })];
		}
		case 'down': {
			const { problem, explanation, detail } = news;
			const event = EVENT_OF[problem];
			const lines = event ? [line(event, explanation, { problem, detail })] : [];
			if (!news.wasLinked || !(await goDown(tx, channelId, problem, now))) return lines;
			return [...lines, line('channelDown', `O número parou de enviar e receber: ${explanation}`, { code: problem })];
		}
		case 'restricted':
			return [line('linkedDeviceRestricted', news.explanation)];
		case 'unrestricted':
			return [line('linkedDeviceUnrestricted', 'O WhatsApp deixa o número iniciar conversas de novo.')];
		case 'reminder':
			return [
				line(
					'linkedDeviceReminder',
					`O número ${shown(row.phone)} está conectado há ${news.days} dias. Desative-o e leia um novo QR Code: vínculos renovados a cada 15 dias caem menos.`,
					{ days: news.days },
				),
			];
	}
}

/** Why a session stopped, as workflows tell it apart; an outage is told by the number's alarm alone. */
const EVENT_OF: Record<SessionProblem, string | null> = {
	loggedOut: 'linkedDeviceLoggedOut',
	replaced: 'linkedDeviceReplaced',
	codeExpired: 'linkedDeviceStopped',
	otherNumber: 'linkedDeviceStopped',
	banned: 'linkedDeviceStopped',
	mustRelink: 'linkedDeviceStopped',
	wrongKey: 'linkedDeviceStopped',
	corruptState: 'linkedDeviceStopped',
	outdated: 'linkedDeviceStopped',
	unreachable: null,
	restricted: null,
};

/** False when it was told before. */
async function goDown(tx: Tx, id: string, code: string, now: Instant): Promise<boolean> {
	const { numUpdatedRows } = await tx
		.updateTable('channel')
		.set({ down_at: now, down_code: code })
		.where('id', '=', id)
		.where('down_at', 'is', null)
		.executeTakeFirst();
	return Number(numUpdatedRows) > 0;
}

/** What pages and items show of the number. */
async function tellChannel(tx: Tx, { channelId, jid, name }: SessionRow): Promise<void> {
	const digits = phoneDigitsOf(jid);
	await tx
		.updateTable('channel')
		.set({ ...(digits !== null && { phone: `+${digits}` }), ...(name !== null && { name }) })
		.where('id', '=', channelId)
		.$if(digits === null && name === null, (q) => q.where('id', 'is', null))
		.execute();
}

function shown(digits: string | null): string {
	return digits === null ? '' : formatPhone(`+${digits}`);
}

function duration(ms: number): string {
	const minutes = Math.max(1, Math.round(ms / 60_000));
	if (minutes < 60) return `${minutes} min`;
	const hours = Math.floor(minutes / 60);
	return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}
