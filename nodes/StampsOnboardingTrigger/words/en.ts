import { MISTAKES } from '../../ShipEngine/values/mistakes';
import { PAGE_MISTAKES, type PageMistake } from './pageMistakes';

type MistakeKey = `mistake_${PageMistake}`;

/** What a check says, behind the label of a field: the node's own words. */
const ofMistakes = Object.fromEntries(
	PAGE_MISTAKES.map((code) => [`mistake_${code}`, MISTAKES[code]]),
) as Record<MistakeKey, string>;

/**
 * Every text of the page. Its readers know nothing of n8n, credentials or the API, and learn nothing of
 * other people: what happened, whether an account was opened, what to do. Names in braces are filled in.
 */
export const EN = {
	title: 'Open a Stamps.com account',
	description: '',
	button: 'Open Account',

	contact: 'Contact',
	email: 'Email',
	emailMissing: 'Enter your email address',
	name: 'Full name',
	nameMissing: 'Enter your first and last name',
	phone: 'Mobile phone',
	phoneMissing: 'Enter your phone number',
	phoneNote: 'We text you a code to confirm it.',
	address: 'Address in the United States or its territories',
	optional: '(optional)',
	company: 'Company',
	street: 'Street address',
	streetMissing: 'Enter your street and house number',
	suite: 'Apartment, suite',
	city: 'City',
	cityMissing: 'Enter your city',
	state: 'State',
	stateChoose: 'Choose…',
	stateMissing: 'Choose your state',
	zip: 'ZIP code',
	zipMissing: 'Enter your ZIP code',
	addressKind: 'Kind of address',
	addressKindUnknown: 'Not sure',
	addressKindHome: 'A home',
	addressKindBusiness: 'A business',
	card: 'Payment card',
	cardName: 'Name on card',
	cardNameMissing: 'Enter the name on the card',
	cardNumber: 'Card number',
	cardNumberMissing: 'Enter the card number',
	cardNumberNote: 'Visa, Mastercard, Amex or Discover',
	cardExpiry: 'Expiration date',
	cardExpiryExample: 'MM / YY',
	cardExpiryMissing: 'Enter the expiration date',
	cardExpiryNote: 'Month and year',
	cardEncrypted: 'Encrypted in this browser before it is sent.',
	cardInText: 'This looks like a card number. Enter it under “{label}” only',
	cardNotHere: 'This looks like a card number, which does not belong here',
	terms: 'I accept the terms of Stamps.com and USPS.',
	termsMissing: 'Accept the terms to go on',
	termsLink: 'Read the terms',
	privacyLink: 'Read the privacy notice',

	sending: 'Sending…',
	sendingRegistration: 'Sending your registration. Please wait.',
	sendingCode: 'Sending the code. Please wait.',
	askingForText: 'Asking for a text message. Please wait.',
	correctOne: 'Please correct this',
	correctMany: 'Please correct these {count} fields',
	fieldJoin: ' ',
	fieldNotAccepted: 'was not accepted. Please check it',

	codeTitle: 'Confirm your phone number',
	code: 'Code from the text message',
	codeMissing: 'Enter the code from the text message',
	codeConfirm: 'Confirm',
	codeTextMe: 'Text me a code',
	codeTextAgain: 'Send a new code',
	codeWrongNumber: 'Wrong number?',
	codeNewPhone: 'Right mobile phone',
	codeNewPhoneMissing: 'Enter your phone number',
	codeTextPhone: 'Text the code to this number',
	codeNextIn: 'You can ask for another code in {time}.',
	codeAsk: 'Enter the code from the text message. If you have none, let us text you one.',
	accountOpen: 'Your account is open.',
	accountResent: 'Your account is open, with what you sent first. What you sent now was not used.',
	accountExisting:
		'There is an account for you already: nothing new was opened, and nothing that you sent now was used.',
	codeTexted: 'To use it, enter the code that we texted to the phone that ends in {end}.',
	codeNotTexted:
		'The code could not be texted to the phone that ends in {end}: ask for a text message below.',
	codePerhapsTexted:
		'We do not know whether the code was texted to the phone that ends in {end}. If none comes within a minute, or it is not accepted, ask for another one.',

	receivedTitle: 'Thank you',
	receivedText: 'Your registration has arrived.',
	readyTitle: 'Your account is ready',
	// Postage is prepaid from the card, the account is free (Stamps.com's help, 205900308).
	readyText:
		'Your phone is confirmed. You can now buy USPS labels where you were given this page: their postage is paid by the card of the account. The account itself is free, and is one of Stamps.com.',

	waitTitle: 'It is too early for that',
	waitText: 'A text message was asked for a short time ago, or too many were.',
	waitAgainIn: 'You can send it again in {time}.',
	waitOver: 'You can send it now.',
	timeSecond: '1 second',
	timeSeconds: '{count} seconds',
	timeMinutes: '{count} minutes',
	timeHours: '{count} hours',
	timeAbout: 'about {time}',

	notAccepted: 'Your registration was not accepted',
	notDone: 'This could not be done',
	notTexted: 'The text message could not be sent',
	notVerified: 'The code was not accepted',
	notVerifiedNext: 'Only the code of the newest text message counts.',
	notRegistered: 'Your account was not opened',

	unknownTitle: 'We are not sure yet',
	unknownRegistration:
		'We do not know yet whether your account was opened. If you hear nothing within an hour, ask us. Please do not send the page again.',
	unknownText:
		'We do not know whether the text message was sent. If none comes within a minute, or its code is not accepted, ask for another one.',
	unknownCode:
		'We do not know whether the code was accepted. Send it once more. If it is not accepted then, ask for a new code.',
	stillHere: 'Everything you typed is still here.',
	lostTitle: 'We do not know whether your registration arrived',
	lostText:
		'No clear answer came back. Wait a minute: if you hear from us, it arrived. If you hear nothing, check your connection and send it again. If this happens again, tell us.',
	lostRedirected:
		'The answer leads to another address, such as a page where people sign in. Wait a minute and send it again. If this happens again, tell us.',
	awayTitle: 'Registration is closed at the moment',
	awayText: 'Nothing was received. Try again later, or ask us for a new link.',
	expiredTitle: 'Nothing was sent yet',
	expiredText:
		'The page was open for long and could not be renewed. Check your connection and send it again. If this happens again, load the page anew.',
	otherTermsTitle: 'The terms have changed',
	otherTermsText: 'Nothing was sent yet. Read them again, tick the box, and send the page.',
	codeLostTitle: 'We do not know what came of it',
	codeLostText:
		'No clear answer came back. Check your connection and try again. If this happens again, tell us.',
	codeLostRedirected:
		'The answer leads to another address, such as a page where people sign in. Try again. If this happens again, tell us.',
	codeAwayTitle: 'This page is closed at the moment',
	codeTooOldTitle: 'This page was open for too long',
	codeTooOldText:
		'Nothing was sent. Load this page again: your account is still there. If that does not help, ask us for a link.',

	reasonCardDeclined: 'The card was declined.',
	adviceCard:
		'Is the name your own, and the address the one of the card? Some banks also block postage. Correct it, ask your bank, or try another card.',
	adviceOtherCard: 'Try another card.',
	reasonLoadAgain: 'Load the page again, then fill it in and send it from there.',
	reasonSendOpen:
		'We do not know yet what came of what you sent before. Its email and phone stand in the page again: send them once more. If the phone is wrong, you can correct it on the next page. If that does not help, load the page again.',
	reasonExists:
		'An account is open for you already. Please ask us for a link with which you can go on.',
	reasonNotInvited:
		'The invitation is for another email address. Enter the one to which we sent it, or ask us for an invitation.',
	reasonUnderWay: 'Another registration of yours is under way. Wait a minute, then send it again.',
	reasonOfOther:
		'Another registration came at the same time. Wait a minute, then send it again. If that does not help, please tell us.',
	reasonCode: 'This code is not right.',
	reasonLink: 'This link is not valid. Ask us for a new one.',
	reasonLinkOver: 'The time of this link is over. Ask us for a new one.',
	reasonNoCode: 'This code cannot be checked. Ask for a new text message below.',
	reasonTriedOut: 'Too many codes were tried. Ask for a new text message below.',
	reasonPhone: 'The phone number cannot be changed here. Please ask us.',
	reasonNoPage: 'There is no page at this address. Ask us for the right one.',
	reasonLater: 'Too much is going on at the moment. Try again in a few minutes.',
	reasonInput:
		'Something that you typed was not accepted. Check your name, address and card, or ask us.',
	reasonInputOfCode: 'It was not accepted. Check the code and the phone number, or ask us.',
	reasonOurs: 'Something is wrong on our side. Please tell us, or try again later.',

	pageNotReady: 'This page is not ready. Try again later.',
	pageForInvited:
		'This page opens with an invitation only. Open the link of yours, or ask us for one. If your account is ready, there is nothing left to do.',
	pageNeedsPassword: 'This page needs a user name and password.',
	pageNeedsScript:
		'This page needs JavaScript: your card is encrypted in this browser before it is sent. Turn JavaScript on, then load the page again.',
	pageNeedsHttps:
		'This page needs an address that begins with https: only there can your browser encrypt your card. Please ask for the https address of this page.',

	...ofMistakes,
	mistake_damaged_text: 'has characters that cannot be read. Type it again',
	mistake_not_a_value: 'is not a value but what a program leaves in its place. Type it again',
};

/** The name of a text. */
export type TextKey = keyof typeof EN;

/** Every text of a page, in its language. */
export type Words = Record<TextKey, string>;
