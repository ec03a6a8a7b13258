import { tidyCredentials } from '../../../../../engine/channel/cloud-api/credentials';

describe('pasted credentials', () => {
	it('lose the spaces and line breaks that came along', () => {
		expect(
			tidyCredentials({
				accessToken: ' EAAB\nxyz ',
				phoneNumberId: ' 100200 ',
				wabaId: '300\t',
				appSecret: '\nabc',
				verifyToken: ' abre-te ',
				graphVersion: '25.0',
				baseUrl: 'https://graph.facebook.com/ ',
			}),
		).toEqual({
			accessToken: 'EAABxyz',
			phoneNumberId: '100200',
			wabaId: '300',
			appSecret: 'abc',
			verifyToken: 'abre-te',
			graphVersion: 'v25.0',
			baseUrl: 'https://graph.facebook.com',
		});
	});

	it('get the current version and address of Graph when left empty', () => {
		expect(tidyCredentials({ graphVersion: '', baseUrl: '' })).toMatchObject({
			graphVersion: 'v26.0',
			baseUrl: 'https://graph.facebook.com',
		});
	});
});
