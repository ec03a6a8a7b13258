import type { BusinessNumber } from './model';

/** How was the simulator started? Flags win over environment variables, which win over the demo's values. */
export interface MainOptions {
	host: string;
	port: number;
	reads: 'auto' | 'opened' | 'never';
	number: BusinessNumber;
	/** Where to write down how clients of WhatsApp Web get here; null serves none. */
	webPointer: string | null;
}

export const DEMO_NUMBER: BusinessNumber = {
	phoneNumberId: '109876543210987',
	displayPhone: '+55 11 3000-0000',
	verifiedName: 'Empresa Demonstração',
	wabaId: '102030405060708',
	appId: '200000000000001',
	token: 'demo-token',
	appSecret: 'demo-app-secret',
	verifyToken: 'demo-verify-token',
	callbackUrl: null,
};

/** A phone of the demo's company, ready to link devices. */
export const DEMO_PHONE = { phone: '5511955550100', name: 'Empresa Demonstração' };

export const USAGE = `Usage: node dist/simulator/main.js [--name value …]
  --port 5700             where to listen (SIMULATOR_PORT)
  --host 127.0.0.1        which address to listen on (SIMULATOR_HOST)
  --callback URL          where webhooks go (SIMULATOR_CALLBACK)
  --token, --app-secret, --verify-token, --phone-number-id, --waba-id, --app-id, --display-phone, --name
  --web-pointer FILE      serve WhatsApp Web too, and write address, root key and certificate into FILE
  --reads opened          read receipts: opened, auto or never (SIMULATOR_READS)`;

export type ParsedOptions = { ok: true; options: MainOptions } | { ok: false; message: string };

export function parseOptions(argv: string[], env: Record<string, string | undefined>): ParsedOptions {
	const flags = readFlags(argv);
	if (typeof flags === 'string') return { ok: false, message: `${flags}\n${USAGE}` };
	const value = (flag: string) => flags.get(flag) ?? env[`SIMULATOR_${flag.replaceAll('-', '_').toUpperCase()}`];
	const port = Number(value('port') ?? 5700);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		return { ok: false, message: `--port must be a number from 0 to 65535, not '${value('port')}'.` };
	}
	const callbackUrl = value('callback') ?? null;
	if (callbackUrl !== null && !URL.canParse(callbackUrl)) {
		return {
			ok: false,
			message: `--callback must be a URL such as http://127.0.0.1:5678/webhook/…, not '${callbackUrl}'.`,
		};
	}
	const reads = value('reads') ?? 'opened';
	if (reads !== 'auto' && reads !== 'opened' && reads !== 'never') {
		return { ok: false, message: `--reads must be opened, auto or never, not '${reads}'.` };
	}
	const number: BusinessNumber = {
		phoneNumberId: value('phone-number-id') ?? DEMO_NUMBER.phoneNumberId,
		displayPhone: value('display-phone') ?? DEMO_NUMBER.displayPhone,
		verifiedName: value('name') ?? DEMO_NUMBER.verifiedName,
		wabaId: value('waba-id') ?? DEMO_NUMBER.wabaId,
		appId: value('app-id') ?? DEMO_NUMBER.appId,
		token: value('token') ?? DEMO_NUMBER.token,
		appSecret: value('app-secret') ?? DEMO_NUMBER.appSecret,
		verifyToken: value('verify-token') ?? DEMO_NUMBER.verifyToken,
		callbackUrl,
	};
	return {
		ok: true,
		options: { host: value('host') ?? '127.0.0.1', port, reads, number, webPointer: value('web-pointer') ?? null },
	};
}

const FLAGS = new Set(
	'port host callback token app-secret verify-token phone-number-id waba-id app-id display-phone name reads web-pointer'.split(
		' ',
	),
);

function readFlags(argv: string[]): Map<string, string> | string {
	const flags = new Map<string, string>();
	for (let i = 0; i < argv.length; i++) {
		const [name = '', inline] = argv[i]!.replace(/^--/, '').split(/=(.*)/s);
		if (!argv[i]!.startsWith('--') || !FLAGS.has(name)) return `Unknown option '${argv[i]}'.`;
		const value = inline ?? argv[++i];
		if (value === undefined) return `--${name} needs a value.`;
		flags.set(name, value);
	}
	return flags;
}
