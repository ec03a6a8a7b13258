// A simulator with WhatsApp Web in this process, and Baileys pointed at it.
import tls from 'node:tls';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/server';
import type { Pointer } from '../../simulator/whatsapp-web/whatsapp-web';

export const COMPANY_PHONE = '551130000001';

/** Every client that this process makes afterwards comes to this simulator. */
export async function startWhatsAppWeb(options: SimulatorOptions = {}): Promise<Simulator> {
	const simulator = await startSimulator({ ...options, whatsAppWeb: true });
	await pointBaileysAt(simulator.webPointer!);
	return simulator;
}

/** What scripts/lib/point-baileys.cjs does in processes of their own. */
async function pointBaileysAt({ url, rootKey, certificate }: Pointer): Promise<void> {
	const { DEFAULT_CONNECTION_CONFIG, WA_CERT_DETAILS } = await import('@whiskeysockets/baileys');
	DEFAULT_CONNECTION_CONFIG.waWebSocketUrl = url;
	WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey, 'hex');
	tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificate]);
}
