import type { CloudApiCredentials } from '../../engine';
import { DEMO_NUMBER } from '../../simulator/options';

/** The credential of the simulator's number; without an address nothing can be sent. */
export function demoCredentials(baseUrl = 'http://127.0.0.1:9'): CloudApiCredentials {
	const { token: accessToken, phoneNumberId, wabaId, appId, appSecret, verifyToken } = DEMO_NUMBER;
	return { accessToken, phoneNumberId, wabaId, appId, appSecret, verifyToken, graphVersion: 'v26.0', baseUrl };
}
