/** What became of a ticket, in Portuguese, for the timeline and for results. */
import { DateTime } from 'luxon';
import { DEFAULT_ZONE } from '../business-hours/schedule';
import type { Instant } from '../model';
import { ticketTopic } from '../model-topic';
import type { TimelineLine } from '../timeline/timeline';
import type { Surroundings } from './find-conversations';
import type { Judgement } from './judge-news';
import type { Ticket, TicketChange, TicketField, TicketPriority } from './types';

export const PRIORITY_WORDS: Record<TicketPriority, string> = {
	low: 'baixa',
	normal: 'normal',
	high: 'alta',
	critical: 'crítica',
};

/** One sentence for whoever reads the result. */
export function explain(judgement: Judgement, { labels }: Surroundings): string {
	const { outcome, ticket, changes } = judgement;
	if (outcome === 'unchanged') return `Nada mudou no chamado ${nameOf(ticket)}.`;
	if (outcome !== 'stale') return sentenceOf(judgement, labels);
	const when = ticket.sourceAt === null ? '' : ` (de ${moment(ticket.sourceAt)})`;
	const stale = `Notícia antiga: o chamado ${nameOf(ticket)} já tem notícias mais novas${when} e não volta atrás.`;
	return changes.length === 0 ? stale : `${stale} Só foi completado o que faltava: ${listOf(changes, labels)}.`;
}

/** What the timeline tells; nothing when nothing changed. */
export function linesOf(judgement: Judgement, { labels, channels }: Surroundings, now: Instant): TimelineLine[] {
	const { outcome, ticket, isNew, changes, becameCritical } = judgement;
	const channelId = ticket.conversationId === null ? null : (channels.get(ticket.conversationId) ?? null);
	const tell = (event: string, text: string, more = {}) => ticketLine(event, ticket, channelId, text, now, more);
	const event = eventOf(judgement);
	const text = outcome === 'stale' ? updatedText(ticket, changes, labels) : sentenceOf(judgement, labels);
	return [
		...(isNew ? [tell('ticketOpened', openedText(ticket))] : []),
		...(event === null ? [] : [tell(event, text, { changes })]),
		...(becameCritical ? [tell('ticketCritical', `O chamado ${nameOf(ticket)} está em situação crítica.`)] : []),
	];
}

function eventOf({ outcome, changes }: Judgement): string | null {
	if (outcome === 'closed') return 'ticketClosed';
	if (outcome === 'reopened') return 'ticketReopened';
	return changes.length > 0 ? 'ticketUpdated' : null;
}

/** A line about a ticket: found again by its topic, and where its contact and conversation are looked at. */
export function ticketLine(
	event: string,
	ticket: Ticket,
	channelId: string | null,
	text: string,
	at: Instant,
	more: Record<string, unknown> = {},
): TimelineLine {
	const { id, source, code, number, product, problem, status, priority, state, link } = ticket;
	return {
		event,
		at,
		channelId,
		contactId: ticket.contactId,
		conversationId: ticket.conversationId,
		text,
		data: { ticketId: id, source, code, number, product, problem, status, priority, state, link, ...more },
		topics: [ticketTopic(id)],
	};
}

export function nameOf({ number, code }: Ticket): string {
	return number ?? code;
}

function sentenceOf({ outcome, ticket, changes }: Judgement, labels: Surroundings['labels']): string {
	const rest = changes.filter(({ field }) => field !== 'state');
	const details = rest.length > 0 ? `: ${listOf(rest, labels)}` : '';
	switch (outcome) {
		case 'created':
			return openedText(ticket);
		case 'closed':
			return `Chamado ${nameOf(ticket)} encerrado${details || (ticket.status ? `: ${ticket.status}` : '')}.`;
		case 'reopened':
			return `Chamado ${nameOf(ticket)} reaberto${details}.`;
		default:
			return updatedText(ticket, rest, labels);
	}
}

function openedText(ticket: Ticket): string {
	const what = [ticket.product, ticket.problem].filter((each) => each !== null).map(short);
	return `Chamado ${nameOf(ticket)} aberto${what.length > 0 ? `: ${what.join(' · ')}` : ''}.`;
}

function updatedText(ticket: Ticket, changes: readonly TicketChange[], labels: Surroundings['labels']): string {
	return `Chamado ${nameOf(ticket)} atualizado: ${listOf(changes, labels)}.`;
}

const WORDS: Record<TicketField, string> = {
	state: 'situação no atendimento',
	status: 'situação',
	priority: 'prioridade',
	number: 'número do processo',
	issuedAt: 'emissão',
	product: 'produto',
	problem: 'problema',
	link: 'link',
	contact: 'contato',
	conversation: 'conversa',
};

function listOf(changes: readonly TicketChange[], labels: Surroundings['labels']): string {
	return changes
		.map(({ field, from, to }) => {
			const [before, after] = [shown(field, from, labels), shown(field, to, labels)];
			if (after === null) return `sem ${WORDS[field]}`;
			const isShort = field === 'status' || field === 'priority';
			return isShort && before !== null
				? `${WORDS[field]} de "${before}" para "${after}"`
				: `${WORDS[field]} "${after}"`;
		})
		.join('; ');
}

function shown(field: TicketField, value: string | null, labels: Surroundings['labels']): string | null {
	if (value === null) return null;
	if (field === 'priority') return PRIORITY_WORDS[value as TicketPriority];
	if (field === 'issuedAt') return moment(Date.parse(value));
	if (field === 'contact' || field === 'conversation') return labels.get(value) ?? value;
	return short(value);
}

const SHORT = 80;

function short(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length <= SHORT ? line : `${line.slice(0, SHORT - 1).trimEnd()}…`;
}

function moment(at: Instant): string {
	return DateTime.fromMillis(at, { zone: DEFAULT_ZONE }).toFormat('dd/MM/yyyy HH:mm');
}
