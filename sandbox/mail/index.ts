import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { NewCredential } from '../n8n/api';

/** An email that n8n has sent. */
export interface Mail {
	to: string;
	/** The body, as plain text. */
	text: string;
}

/** A mail server of this machine, which sends nothing on. */
export interface Mailbox {
	mails: Mail[];
	/** Whether it refuses what comes next. */
	isDown: boolean;
	credential: NewCredential;
	close(): Promise<void>;
}

/** Quoted-printable (RFC 2045, 6.7), of which the links have equals signs. */
const decoded = (body: string) =>
	body
		.replace(/=\r?\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_code, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/** @param onMail - told of each */
export async function startMailbox(onMail: (mail: Mail) => void = () => {}): Promise<Mailbox> {
	const mails: Mail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		onData(stream, { envelope }, done) {
			void text(stream).then((message) => {
				if (box.isDown) return done(new Error('The mailbox is full'));
				const body = decoded(message.slice(message.indexOf('\r\n\r\n') + 4));
				const mail = { to: envelope.rcptTo.map(({ address }) => address).join(), text: body };
				mails.push(mail);
				onMail(mail);
				done();
			});
		},
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.server.address() as AddressInfo;
	const box: Mailbox = {
		mails,
		isDown: false,
		credential: {
			name: 'SMTP account',
			type: 'smtp',
			data: { host: '127.0.0.1', port, secure: false, disableStartTls: true },
		},
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
	return box;
}
