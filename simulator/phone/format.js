import { el } from './dom.js';

/** WhatsApp's own marks (*bold*, _italic_, ~strike~, `code`), links and Brazilian dates, as DOM nodes. */
const MARKS = { '*': 'strong', _: 'em', '~': 's' };
const PATTERN =
	/```([\s\S]+?)```|`([^`\n]+)`|(^|[^\p{L}\p{N}*_~])([*_~])(?=\S)([^\n]*?\S)\4(?![\p{L}\p{N}])|(https?:\/\/[^\s<>"]+)/gu;

export function formatted(text) {
	const nodes = [];
	let at = 0;
	for (const match of text.matchAll(PATTERN)) {
		const [whole, block, code, before = '', mark, inner, url] = match;
		nodes.push(text.slice(at, match.index));
		if (block ?? code) nodes.push(el('code', {}, block ?? code));
		else if (mark) nodes.push(before, el(MARKS[mark], {}, formatted(inner)));
		else nodes.push(el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, url));
		at = match.index + whole.length;
	}
	nodes.push(text.slice(at));
	return nodes.filter((node) => node !== '');
}

const TIME = new Intl.DateTimeFormat('pt-BR', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('pt-BR', { day: '2-digit', month: '2-digit', year: 'numeric' });
const WEEKDAY = new Intl.DateTimeFormat('pt-BR', { weekday: 'long' });
const FULL = new Intl.DateTimeFormat('pt-BR', {
	weekday: 'short',
	day: '2-digit',
	month: 'short',
	hour: '2-digit',
	minute: '2-digit',
});

export function timeOf(at) {
	return TIME.format(at);
}

export function fullDate(at) {
	return FULL.format(at);
}

/** Hoje, Ontem, a weekday within the last week, else the date. */
export function dayOf(at, now) {
	const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
	if (days === 0) return 'Hoje';
	if (days === 1) return 'Ontem';
	return days > 1 && days < 7 ? WEEKDAY.format(at) : DAY.format(at);
}

/** What stands at the right of a customer in the list. */
export function shortDate(at, now) {
	const day = dayOf(at, now);
	return day === 'Hoje' ? timeOf(at) : day;
}

/** +55 11 98765-4321 from digits. */
export function phoneOf(waId) {
	const parts = /^55(\d{2})(\d{4,5})(\d{4})$/.exec(waId);
	return parts ? `+55 ${parts[1]} ${parts[2]}-${parts[3]}` : `+${waId}`;
}

/** 23 h 40 min, 12 min. */
export function duration(ms) {
	const minutes = Math.max(0, Math.floor(ms / 60_000));
	const hours = Math.floor(minutes / 60);
	if (hours === 0) return `${minutes} min`;
	return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

export function startOfDay(at) {
	return new Date(at).setHours(0, 0, 0, 0);
}
