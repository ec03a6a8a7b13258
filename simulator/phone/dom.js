/** Building elements without ever parsing HTML: text stays text. */

/** el('button', { class: 'x', onclick }, 'Texto', child): attributes, listeners (on…), data via `data`. */
export function el(tag, props = {}, ...children) {
	const node = document.createElement(tag);
	for (const [key, value] of Object.entries(props)) {
		if (value === null || value === undefined || value === false) continue;
		if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
		else if (key === 'data') Object.assign(node.dataset, value);
		else if (key === 'testid') node.dataset.testid = value;
		else if (value === true) node.setAttribute(key, '');
		else node.setAttribute(key, value);
	}
	node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
	return node;
}

const PATHS = {
	plus: 'M12 5v14M5 12h14',
	clip: 'M20 11.500l-8.200 8.200a5 5 0 0 1-7-7l8.600-8.600a3.300 3.300 0 0 1 4.700 4.700l-8.600 8.600a1.700 1.700 0 0 1-2.400-2.400l7.900-7.900',
	send: 'M4 12l16-8-5.500 16-3-6.500zM11.500 13.500L20 4',
	back: 'M15 5l-7 7 7 7',
	close: 'M6 6l12 12M18 6L6 18',
	columns: 'M4 5h16v14H4zM12 5v14',
	sliders: 'M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0M7 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
	clock: 'M12 7v5l3.500 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
	list: 'M8 7h12M8 12h12M8 17h12M4 7h.01M4 12h.01M4 17h.01',
	reply: 'M9 8L4 12.500 9 17M4.500 12.500H14a6 6 0 0 1 6 6',
	link: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
	image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 9h.01',
	video: 'M4 6h11v12H4zM15 10l5-3v10l-5-3z',
	audio: 'M5 10v4M9 7v10M13 4v16M17 8v8M21 11v2',
	document: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
	sticker: 'M5 4h14v10l-6 6H5zM13 20v-6h6M9 10h.01M15 10h.01',
	pin: 'M12 21s7-6.200 7-11.500a7 7 0 0 0-14 0C5 14.800 12 21 12 21zM12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
	person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20c1-4 4-6 7.500-6s6.500 2 7.500 6',
	question: 'M9 9a3 3 0 1 1 4.200 2.800c-.8.400-1.200 1-1.200 2.200M12 17.500h.01',
	phone: 'M8 3h8v18H8zM11 18h2',
	devices: 'M3 5h13v9H3zM1.500 18h9M17 9h5v11h-5zM19.500 17h.01',
	scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8h3v3H8zM13 13h3v3h-3zM14 8h2v2h-2zM8 14h2v2H8z',
	laptop: 'M5 5h14v10H5zM2 19h20',
	next: 'M9 5l7 7-7 7',
	copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
	more: 'M6 12h.01M12 12h.01M18 12h.01',
	check: 'M5 12.500l4.500 4.500L19 7',
	chat: 'M4 12a8 7.500 0 1 1 3.600 6.300L4 20l1-3.700A7.300 7.300 0 0 1 4 12z',
};

/** A line icon; decoration only, so hidden from screen readers. */
export function icon(name) {
	return svg('0 0 24 24', PATHS[name], 'icon');
}

const TICKS = {
	pending: ['M8 4.500v4l2.500 1.500M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11z', 'Enviando'],
	sent: ['M3 8.500l3.200 3.200L13 4.500', 'Enviada'],
	delivered: ['M1 8.500l3.200 3.200L11 4.500M7.600 11.200l.6.600L15 4.500', 'Entregue'],
	read: ['M1 8.500l3.200 3.200L11 4.500M7.600 11.200l.6.600L15 4.500', 'Lida'],
	failed: ['M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11zM8 5v3.800M8 11h.01', 'Não entregue'],
};

/** The tick of a status, with its name for those who do not see it. */
export function tick(status) {
	const [path, label] = TICKS[status] ?? TICKS.pending;
	return el(
		'span',
		{ class: `tick tick-${status}`, testid: 'tick', data: { status }, role: 'img', 'aria-label': label, title: label },
		svg('0 0 16 16', path, 'tick-drawing'),
	);
}

function svg(viewBox, d, className) {
	const space = 'http://www.w3.org/2000/svg';
	const node = document.createElementNS(space, 'svg');
	node.setAttribute('viewBox', viewBox);
	node.setAttribute('class', className);
	node.setAttribute('aria-hidden', 'true');
	const path = document.createElementNS(space, 'path');
	path.setAttribute('d', d);
	node.append(path);
	return node;
}

/** Initials on a colour that stays the same for a person. */
export function avatar(waId, name) {
	const words = name
		.replace(/[^\p{L}\s]/gu, '')
		.trim()
		.split(/\s+/)
		.filter(Boolean);
	const initials = words.length === 0 ? '#' : (words[0][0] + (words.length > 1 ? words.at(-1)[0] : '')).toUpperCase();
	let sum = 0;
	for (const digit of waId) sum = (sum * 31 + digit.charCodeAt(0)) % 8;
	return el('span', { class: `avatar avatar-${sum}`, 'aria-hidden': 'true' }, initials);
}

let toastTimer = null;

/** A short notice at the bottom; errors are said, not swallowed. */
export function toast(text) {
	const node = document.getElementById('toast');
	node.textContent = text;
	node.hidden = false;
	clearTimeout(toastTimer);
	toastTimer = setTimeout(() => (node.hidden = true), 5_000);
}
