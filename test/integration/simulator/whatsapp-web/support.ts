import type { Simulator } from '../../../../simulator/server';
import { type BaileysClient, baileysClient } from '../../../support/baileys-client';

/** A client that is linked to this phone, logged in, and gets everything at once. */
export async function linkedClient(simulator: Simulator, phone: string): Promise<BaileysClient> {
	const client = await baileysClient();
	client.connect();
	await simulator.admin.web.scan(await client.waitForQr(), phone, 'Padaria da Ana');
	await client.waitForOpen();
	await simulator.admin.web.waitForLive(phone);
	return client;
}

export const ANA = '5511987654321';
export const BRUNO = '5521976543210';
