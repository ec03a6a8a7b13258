// A process of the desk that fetches received files and may be killed in the middle of one.
import { openDesk, type CloudApiCredentials, type StoreSettings } from '../../../engine';

if (require.main === module) {
	const { store, credentials } = JSON.parse(process.argv[2]!) as {
		store: StoreSettings;
		credentials: CloudApiCredentials;
	};
	void openDesk({ store })
		.then((desk) => desk.useCloudApi(credentials))
		.then(
			() => process.send?.('ready'),
			(error: unknown) => {
				console.error(error);
				process.exit(1);
			},
		);
	// The desk's own timers keep nobody alive.
	setInterval(() => undefined, 60_000);
}
