/** Building elements without ever parsing HTML: whatever a name or a message holds, text stays text. */

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

const ICONS = {
	check: 'M5 12.500l4.500 4.500L19 7',
	lock: 'M6.500 11h11v9h-11zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
	alert: 'M12 4l9 16H3zM12 10v4.500M12 17.500h.01',
	info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.500M12 7.500h.01',
	signOut: 'M10 5H5v14h5M14 8l4 4-4 4M18 12H9',
	power: 'M12 4v8M7.500 6.500a7.500 7.500 0 1 0 9 0',
	phone: 'M8 3h8v18H8zM11 18h2',
	keys: 'M4 7h16v10H4zM7.500 10.500h.01M11 10.500h.01M14.500 10.500h.01M8.500 14h7',
	qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2',
	retry: 'M5 12a7 7 0 0 1 12-5l2 2M19 5v4h-4M19 12a7 7 0 0 1-12 5l-2-2M5 19v-4h4',
	flow: 'M4 9h6v6H4zM14 4h6v6h-6zM14 14h6v6h-6zM10 12h2V7h2M12 12v5h2',
	send: 'M4 12l16-8-5.500 16-3-6.500zM11.500 13.500L20 4',
};

/** A line icon; decoration only, so hidden from screen readers. */
export function icon(name) {
	return drawing('0 0 24 24', ICONS[name], 'icon');
}

/** A path as a picture. `label` is read aloud; without one it is decoration. */
export function drawing(viewBox, d, className, label = null) {
	const space = 'http://www.w3.org/2000/svg';
	const node = document.createElementNS(space, 'svg');
	node.setAttribute('viewBox', viewBox);
	node.setAttribute('class', className);
	if (label === null) node.setAttribute('aria-hidden', 'true');
	else {
		node.setAttribute('role', 'img');
		node.setAttribute('aria-label', label);
	}
	const path = document.createElementNS(space, 'path');
	path.setAttribute('d', d);
	node.append(path);
	return node;
}

/** kind: success, warning, danger or info. */
export function notice(kind, ...content) {
	const name = { success: 'check', info: 'info' }[kind] ?? 'alert';
	return el('div', { class: `notice ${kind}` }, icon(name), el('div', {}, content));
}

/** Said to screen readers, once. */
export function announce(text) {
	const place = document.getElementById('announcer');
	if (place.textContent === text) place.textContent = '';
	place.textContent = text;
}

/** Asks before something is undone. Resolves true when the person agrees. */
export function ask({ title, text, agree, testid }) {
	return new Promise((resolve) => {
		const dialog = el(
			'dialog',
			{ class: 'dialog', testid, 'aria-labelledby': 'dialog-title', 'aria-describedby': 'dialog-text' },
			el('h2', { id: 'dialog-title' }, title),
			el('p', { id: 'dialog-text' }, text),
			el(
				'div',
				{ class: 'dialog-buttons' },
				el(
					'button',
					{ class: 'plain', type: 'button', autofocus: true, onclick: () => dialog.close('no') },
					'Cancelar',
				),
				el('button', { class: 'red', type: 'button', testid: 'agree', onclick: () => dialog.close('yes') }, agree),
			),
		);
		dialog.addEventListener('close', () => {
			dialog.remove();
			resolve(dialog.returnValue === 'yes');
		});
		document.body.append(dialog);
		dialog.showModal();
	});
}
