// A simulator with WhatsApp Web in this process, and Baileys pointed at it.
import { leadBaileys } from '../../scripts/lib/lead-baileys.cjs';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/server';

export const COMPANY_PHONE = '551130000001';

/** Every client that this process makes afterwards comes to this simulator. */
export async function startWhatsAppWeb(options: SimulatorOptions = {}): Promise<Simulator> {
	const simulator = await startSimulator({ ...options, whatsAppWeb: true });
	leadBaileys(await import('@whiskeysockets/baileys'), simulator.webPointer!);
	return simulator;
}
