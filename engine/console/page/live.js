/**
 * What the desk tells while the page is open. One stream per browser: the tab that holds the lock listens and passes everything on,
 * because browsers allow few connections to one server.
 */

const LOCK = `whatsapp-desk-stream:${location.pathname}`;
const RETRY_MS = 5_000;

/**
 * @param {{ onSnapshot(snapshot: object): void, onLine(isUp: boolean): void, onDown(): void, onSignedOut(): void, seen(): string }} page
 * @returns {() => void} stops it
 */
export function watch(page) {
	const channel = new BroadcastChannel(LOCK);
	const stop = new AbortController();
	let source = null;
	let retry = null;
	let last = null;

	const tell = (message) => {
		take(message);
		if (!stop.signal.aborted) channel.postMessage(message);
	};
	const take = (message) => {
		if (message.type === 'snapshot') {
			last = message;
			page.onLine(true);
			page.onSnapshot(message.snapshot);
		} else if (message.type === 'line') page.onLine(message.isUp);
		else if (message.type === 'down') page.onDown();
		else if (message.type === 'signedOut') page.onSignedOut();
	};
	channel.onmessage = ({ data }) => {
		if (data.type === 'hello') {
			if (source && last) channel.postMessage(last);
		} else take(data);
	};

	const listen = () => {
		const seen = encodeURIComponent(page.seen());
		source = new EventSource(`?api=stream&seen=${seen}`);
		source.addEventListener('open', () => tell({ type: 'line', isUp: true }));
		source.addEventListener('devices', (event) => tell({ type: 'snapshot', snapshot: JSON.parse(event.data) }));
		source.addEventListener('down', () => tell({ type: 'down' }));
		source.addEventListener('signedOut', () => tell({ type: 'signedOut' }));
		source.addEventListener('error', () => {
			tell({ type: 'line', isUp: false });
			// The browser tries again by itself unless the server refused.
			if (source.readyState !== EventSource.CLOSED) return;
			retry = setTimeout(() => void page.check().then((isIn) => isIn && !stop.signal.aborted && listen()), RETRY_MS);
		});
	};
	const end = () => {
		clearTimeout(retry);
		source?.close();
		source = null;
	};

	// Without https there are no locks: then every tab listens for itself.
	if (navigator.locks) {
		const untilStopped = () =>
			new Promise((done) => {
				listen();
				stop.signal.addEventListener('abort', () => done(end()));
			});
		navigator.locks.request(LOCK, { signal: stop.signal }, untilStopped).catch(() => undefined);
		channel.postMessage({ type: 'hello' });
	} else listen();

	return () => {
		stop.abort();
		end();
		channel.close();
	};
}
