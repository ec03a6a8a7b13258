/**
 * Shows digits in international style while they are typed: +55 11 99999-9999 (B-14, B-15). Only digits count; the rest is put in.
 * Whether the number exists is decided by the server.
 */

const LONGEST = 15;

/** The digits of a text, with the country code that was there already when a whole number was pasted behind it. */
export function digitsOf(text) {
	const digits = text.replace(/\D/g, '').replace(/^0+/, '');
	const doubled = /^55(55\d{10,11})$/.exec(digits);
	return (doubled ? doubled[1] : digits).slice(0, LONGEST);
}

export function masked(digits) {
	if (digits === '') return '';
	return digits.startsWith('55') ? brazilian(digits.slice(2, 13)) : foreign(digits);
}

/** Whoever leaves out the country means Brazil: DDD and eight or nine digits. */
export function withCountry(digits) {
	return /^[1-9]\d(9\d{8}|[2-5]\d{7})$/.test(digits) && !/^55\d{11}$/.test(digits) ? `55${digits}` : digits;
}

/** Formats the field as it is typed in and keeps the caret at its digit. */
export function maskPhone(input) {
	input.addEventListener('input', () => show(input, digitsOf(input.value)));
	input.addEventListener('blur', () => show(input, withCountry(digitsOf(input.value))));
	input.addEventListener('keydown', (event) => {
		// The sign left of the caret is ours: what is meant is the digit before it.
		if (event.key !== 'Backspace' || input.selectionStart !== input.selectionEnd || event.ctrlKey || event.metaKey)
			return;
		const at = input.selectionStart;
		if (at === 0 || /\d/.test(input.value[at - 1])) return;
		const before = input.value.slice(0, at).replace(/\D+$/, '');
		input.setSelectionRange(before.length, before.length);
	});
}

function show(input, digits) {
	const text = masked(digits);
	if (text === input.value) return;
	const focused = document.activeElement === input;
	const behind = focused ? input.value.slice(input.selectionStart).replace(/\D/g, '').length : 0;
	input.value = text;
	if (!focused) return;
	let at = text.length;
	for (let left = behind; left > 0 && at > 0; at--) if (/\d/.test(text[at - 1])) left--;
	input.setSelectionRange(at, at);
}

function brazilian(rest) {
	const [ddd, line] = [rest.slice(0, 2), rest.slice(2)];
	if (ddd === '') return '+55';
	if (line === '') return `+55 ${ddd}`;
	const split = line.startsWith('9') ? 5 : 4;
	return line.length <= split ? `+55 ${ddd} ${line}` : `+55 ${ddd} ${line.slice(0, split)}-${line.slice(split)}`;
}

/** Country codes of two digits (ITU E.164); 1 and 7 have one, all others three. */
const TWO_DIGITS = /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

function foreign(digits) {
	const length = /^[17]/.test(digits) ? 1 : TWO_DIGITS.test(digits) ? 2 : 3;
	const groups = digits.slice(length).match(/\d{4}$|\d{3}(?=\d{3})|\d{3}(?=\d{4}$)|\d+/g) ?? [];
	return ['+' + digits.slice(0, length), ...groups].join(' ');
}
