import { createServer } from 'node:net';
import { once } from 'node:events';
import { anyFreePort, freePort } from '../../../scripts/lib/ports.mjs';

describe('choosing a port', () => {
	it('keeps the usual port when it is free', async () => {
		const port = await anyFreePort();
		expect(await freePort(port)).toBe(port);
	});

	it('goes on to another when a program listens there, on whatever address', async () => {
		const server = createServer().listen(0, '0.0.0.0');
		await once(server, 'listening');
		const { port } = server.address() as { port: number };
		expect(await freePort(port)).not.toBe(port);
		server.close();
	});

	it('does not promise one port twice', async () => {
		const port = await anyFreePort();
		expect(await freePort(port, new Set([port]))).not.toBe(port);
	});
});
