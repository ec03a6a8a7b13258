import { writeFile } from 'node:fs/promises';
import { DEMO_PHONE, parseOptions } from './options';
import { startSimulator } from './server';
import { DEMO_TEMPLATES } from './templates/seeds';

/** The simulator as a program: one line when it listens, a readable cause when it cannot. */
async function main(): Promise<void> {
	const parsed = parseOptions(process.argv.slice(2), process.env);
	if (!parsed.ok) return fail(parsed.message);
	const { host, port, number, reads, webPointer } = parsed.options;
	try {
		const simulator = await startSimulator({
			host,
			port,
			number,
			templates: DEMO_TEMPLATES,
			whatsAppWeb: webPointer !== null,
			// Short pauses make the ticks visible, as on a real phone.
			settings: { reads, statusDelaysMs: { sent: 120, delivered: 250, read: 200 } },
		});
		if (webPointer) {
			await simulator.admin.web.addPhone(DEMO_PHONE.phone, DEMO_PHONE.name);
			await writeFile(webPointer, JSON.stringify(simulator.webPointer));
		}
		const stop = () => void simulator.close().then(() => process.exit(0));
		process.once('SIGTERM', stop);
		process.once('SIGINT', stop);
		console.log(`Simulator listening on ${simulator.url} (webhooks to ${number.callbackUrl ?? 'nowhere yet'})`);
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		fail(
			code === 'EADDRINUSE'
				? `Port ${port} is already in use. Stop the program that uses it, or choose another with --port.`
				: `The simulator could not start: ${message}`,
		);
	}
}

function fail(message: string): void {
	console.error(message);
	process.exitCode = 1;
}

void main();
