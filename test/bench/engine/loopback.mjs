// Meta and its customers without a network: a channel that accepts every message at once, customers who answer every reply
// with the next line of their script, and signed webhook bodies shaped and batched as the simulator does under load.
import { createHmac } from 'node:crypto';

/** What every customer says; each line waits for the reply to the one before. */
export const SCRIPT = ['Oi', '9', '2'];

const IN_FLIGHT = 4;
const UPDATES_PER_BODY = 1_000;

/**
 * @typedef {object} LoopbackOptions
 * @property {import('../../../engine/index').CloudApiCredentials} credentials
 * @property {string} channelId
 * @property {object} capabilities
 * @property {(body: Buffer, signature: string) => Promise<unknown>} receive takes one webhook
 * @property {() => string | undefined} nextCustomer wa_id of somebody who starts to write; undefined = nobody is left
 * @property {() => number} now
 * @property {readonly string[]} [script]
 */

/** @param {LoopbackOptions} options */
export function createLoopback({ credentials, channelId, capabilities, receive, nextCustomer, now, script = SCRIPT }) {
	const customers = new Map();
	const metadata = { display_phone_number: '551130000000', phone_number_id: credentials.phoneNumberId };
	const updates = [];
	let inFlight = 0;
	let planned = false;
	let wamids = 0;
	let stopped = false;
	let onDone = () => undefined;
	const counts = { said: 0, answered: 0, finished: 0 };

	const wamid = () =>
		`wamid.HBgNNTUxMTk4NzY1NDMyMRUCABIY${(wamids++).toString(36).toUpperCase().padStart(10, '0')}AA==`;
	const seconds = () => String(Math.floor(now() / 1_000));
	const cardOf = (waId) => ({
		profile: { name: `Cliente ${waId.slice(-6)}` },
		wa_id: waId,
		user_id: `BR.${waId.padStart(16, '1')}`,
	});

	function say(waId, text) {
		counts.said++;
		const message = {
			from: waId,
			from_user_id: `BR.${waId.padStart(16, '1')}`,
			id: wamid(),
			timestamp: seconds(),
			type: 'text',
			text: { body: text },
		};
		push({ messaging_product: 'whatsapp', metadata, contacts: [cardOf(waId)], messages: [message] });
	}

	function report(waId, id, status, opaque) {
		const entry = {
			id,
			status,
			timestamp: seconds(),
			recipient_id: waId,
			recipient_user_id: `BR.${waId.padStart(16, '1')}`,
			biz_opaque_callback_data: opaque,
			pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' },
		};
		push({ messaging_product: 'whatsapp', metadata, contacts: [cardOf(waId)], statuses: [entry] });
	}

	function push(value) {
		updates.push(JSON.stringify({ field: 'messages', value }));
		if (planned) return;
		planned = true;
		setImmediate(() => {
			planned = false;
			deliver();
		});
	}

	function deliver() {
		while (!stopped && inFlight < IN_FLIGHT && updates.length > 0) {
			const changes = updates.splice(0, UPDATES_PER_BODY);
			const body = Buffer.from(
				`{"object":"whatsapp_business_account","entry":[{"id":"${credentials.wabaId}","changes":[${changes.join(',')}]}]}`,
			);
			const signature = `sha256=${createHmac('sha256', credentials.appSecret).update(body).digest('hex')}`;
			inFlight++;
			void receive(body, signature).finally(() => {
				inFlight--;
				deliver();
			});
		}
	}

	function start() {
		const waId = nextCustomer();
		if (waId === undefined) return;
		customers.set(waId, { line: 0 });
		say(waId, script[0]);
	}

	function replied(waId) {
		const customer = customers.get(waId);
		if (!customer) return;
		counts.answered++;
		customer.line++;
		if (customer.line < script.length) return say(waId, script[customer.line]);
		customers.delete(waId);
		counts.finished++;
		start();
		if (customers.size === 0) onDone();
	}

	return {
		counts,
		/** So many customers write at the same time; whoever ends their script makes room for the next. */
		begin(concurrent) {
			for (let i = 0; i < concurrent; i++) start();
		},
		/** Delivers nothing more; for the end of a measurement in full swing. */
		stop() {
			stopped = true;
		},
		/** Resolves when `nextCustomer` had nobody left and the last one was answered. */
		done: () => new Promise((resolve) => (customers.size === 0 ? resolve() : (onDone = resolve))),
		channel: {
			id: channelId,
			kind: 'cloudApi',
			capabilities,
			async send(message) {
				const id = wamid();
				await new Promise((resolve) => setImmediate(resolve));
				report(message.address, id, 'sent', message.id);
				report(message.address, id, 'delivered', message.id);
				replied(message.address);
				return { type: 'sent', providerMessageId: id, waId: message.address, bsuid: null };
			},
			markRead: async () => ({ type: 'ok' }),
			status: async () => ({ ok: true, phone: null, name: null, quality: 'green', problems: [] }),
		},
	};
}
