// Simulated customers who play the same script, each at a pace of their own: Oi → 9 → 2, each line once the reply to the one
// before has come. Both triages are driven by this, through the simulator's admin API.

const SCRIPT = [
	{ text: 'Oi', reply: /comercial/i },
	{ text: '9', reply: /inválid|não existe|válida/i },
	{ text: '2', reply: /aguarde|transfer|redirecionad/i },
];
const SAY_EVERY_MS = 10;

/**
 * @param {{ admin: import('../../../simulator/client').SimulatorClient, url: string, phoneNumberId: string, firstWaId: number, paceMs: () => number }} options
 */
export async function openCustomers({ admin, url, phoneNumberId, firstWaId, paceMs }) {
	const talking = new Map();
	const wrong = [];
	let next = firstWaId;
	let started = 0;
	let finished = 0;
	let lines = [];
	let onFinished = () => undefined;

	const events = new AbortController();
	void follow(`${url}/admin/events`, events.signal, (event) => {
		if (event.type !== 'message' || event.phoneNumberId !== phoneNumberId || event.message.from !== 'business') return;
		const customer = talking.get(event.waId);
		if (!customer) return void wrong.push(`${event.message.text} (nobody waits for it)`);
		// The menu may come as a message of its own: the first reply counts, and what follows belongs to it.
		if (!customer.waits) return;
		const readable = [event.message.text, ...event.message.options.map(({ title }) => title)].join(' ');
		if (!SCRIPT[customer.line].reply.test(readable))
			wrong.push(`${SCRIPT[customer.line].text} → ${event.message.text}`);
		customer.waits = false;
		customer.line++;
		if (customer.line < SCRIPT.length) return void setTimeout(() => say(event.waId, customer), paceMs());
		setTimeout(() => talking.delete(event.waId), 5_000);
		finished++;
		onFinished();
	});
	const talk = setInterval(() => {
		if (lines.length === 0) return;
		const now = lines;
		lines = [];
		void admin.sayMany(now);
	}, SAY_EVERY_MS);

	function say(waId, customer) {
		customer.waits = true;
		lines.push({
			waId,
			phoneNumberId,
			name: `Cliente ${waId.slice(-5)}`,
			type: 'text',
			text: SCRIPT[customer.line].text,
		});
	}

	function start() {
		started++;
		const waId = String(next++);
		const customer = { line: 0, waits: false };
		talking.set(waId, customer);
		say(waId, customer);
	}

	return {
		/** Customers in the middle of the script. */
		get open() {
			return started - finished;
		},
		/** Replies that did not fit the line they answered. */
		wrong,
		/** So many messages a second: new customers come at a third of that, evenly. Returns how to stop them from coming. */
		arrive(messagesPerSecond) {
			const timer = setInterval(start, (1_000 * SCRIPT.length) / messagesPerSecond);
			return () => clearInterval(timer);
		},
		/** So many customers at any time; whoever has finished is followed by another. Returns how to stop them from coming. */
		crowd(count) {
			onFinished = () => setTimeout(start, paceMs());
			for (let i = 0; i < count; i++) setTimeout(start, paceMs());
			return () => (onFinished = () => undefined);
		},
		close() {
			clearInterval(talk);
			events.abort();
		},
	};
}

/** Reads server-sent events until `signal` says stop. */
async function follow(url, signal, onEvent) {
	const response = await fetch(url, { signal });
	let text = '';
	try {
		for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
			const parts = (text + chunk).split('\n\n');
			text = parts.pop();
			for (const part of parts) if (part.startsWith('data: ')) onEvent(JSON.parse(part.slice(6)));
		}
	} catch (error) {
		if (!signal.aborted) throw error;
	}
}
