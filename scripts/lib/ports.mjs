// Which port can a service listen on? The usual one if it is free, else the next free one.
import { createServer } from 'node:net';

/** @param {number} preferred @param {Set<number>} [taken] ports promised to others @returns {Promise<number>} */
export async function freePort(preferred, taken = new Set()) {
	for (let port = preferred; port < preferred + 100; port++) {
		if (!taken.has(port) && (await isFree(port))) return port;
	}
	return await anyFreePort();
}

/** A port nobody listens on, chosen by the system. */
export function anyFreePort() {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

/** Free on every address: a service on 0.0.0.0 or ::1 counts as taken as well. */
async function isFree(port) {
	for (const host of ['127.0.0.1', '0.0.0.0', '::']) {
		if (!(await canListen(port, host))) return false;
	}
	return true;
}

function canListen(port, host) {
	return new Promise((resolve) => {
		const server = createServer();
		server.on('error', (error) => resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'));
		server.listen(port, host, () => server.close(() => resolve(true)));
	});
}
