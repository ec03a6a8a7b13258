/** Places, contact cards, orders, products, polls and appointments that came in a message. */
import type { InboundContent } from '../../model';
import { isObject, listOf, textOf, type Json } from '../untrusted';
import { other, plain } from './content-parts';
import { readVcard } from './vcard';
import { countOf } from './wire-values';

/** A live location is told once, as the place where it began. */
export function readLocation(part: Json): InboundContent | null {
	const { degreesLatitude: latitude, degreesLongitude: longitude } = part;
	if (!isDegree(latitude, 90) || !isDegree(longitude, 180)) return null;
	return {
		...plain('location', textOf(part.caption) ?? ''),
		location: { latitude, longitude, name: textOf(part.name), address: textOf(part.address) },
	};
}

/** The Cloud API takes as many in one message. */
const MOST_CARDS = 257;

/** One card or a list of them. */
export function readCards(part: Json): InboundContent | null {
	const cards = (Array.isArray(part.contacts) ? listOf(part.contacts) : [part]).slice(0, MOST_CARDS).filter(isObject);
	const contacts = cards.flatMap((card) => {
		const vcard = textOf(card.vcard);
		return vcard === null ? [] : [readVcard(vcard, textOf(card.displayName) ?? '')];
	});
	return contacts.length > 0 ? { ...plain('contacts'), contacts } : null;
}

/** Amounts are in the currency's own unit. */
export function readOrder(part: Json): InboundContent {
	const order = {
		id: textOf(part.orderId),
		title: textOf(part.orderTitle),
		itemCount: countOf(part.itemCount),
		total: amountOf(part.totalAmount1000),
		currency: textOf(part.totalCurrencyCode),
		token: textOf(part.token),
	};
	return { ...plain('order', textOf(part.message) ?? ''), order };
}

export function readProduct(part: Json): InboundContent {
	const product = isObject(part.product) ? part.product : {};
	return other('productMessage', textOf(part.body) ?? textOf(product.title) ?? '');
}

const MOST_OPTIONS = 50;

/** The question and its options, as a person reads them. */
export function readPoll(part: Json): InboundContent {
	const options = listOf(part.options).slice(0, MOST_OPTIONS);
	const named = options.flatMap((each) => (isObject(each) && textOf(each.optionName)) || []);
	const lines = [textOf(part.name) ?? '', ...named.map((name) => `- ${name}`)];
	return other('pollCreationMessage', lines.filter((line) => line !== '').join('\n'));
}

export function readEvent(part: Json): InboundContent {
	const said = [textOf(part.name), textOf(part.description)].filter((each) => each !== null);
	return other('eventMessage', said.join('\n'));
}

function isDegree(value: unknown, most: number): value is number {
	return typeof value === 'number' && Math.abs(value) <= most;
}

function amountOf(thousandths: unknown): number | null {
	const count = countOf(thousandths);
	return count === null ? null : count / 1000;
}
