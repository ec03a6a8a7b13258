// A door in front of a server that can be shut: connections are cut, new ones refused, until it opens again.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface TcpProxy {
	port: number;
	/** Cuts every connection and refuses new ones. */
	shut(): Promise<void>;
	open(): Promise<void>;
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
	const sockets = new Set<Socket>();
	let server: Server | undefined;
	let port = 0;
	const keep = (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.on('error', () => socket.destroy());
	};
	const open = () =>
		new Promise<void>((resolve, reject) => {
			server = createServer((near) => {
				const far = connect(target);
				keep(near);
				keep(far);
				near.pipe(far);
				far.pipe(near);
				near.on('close', () => far.destroy());
				far.on('close', () => near.destroy());
			});
			server.once('error', reject);
			server.listen(port, '127.0.0.1', () => {
				port = (server!.address() as AddressInfo).port;
				resolve();
			});
		});
	const shut = () =>
		new Promise<void>((resolve) => {
			if (!server) return resolve();
			server.close(() => resolve());
			server = undefined;
			for (const socket of sockets) socket.resetAndDestroy();
		});
	await open();
	return { port, open, shut };
}
